// Print buttons exist only where a script can serve them.
document.querySelectorAll("[data-print]").forEach(function (button) {
  "use strict";
  button.hidden = false;
  button.addEventListener("click", function () {
    window.print();
  });
});

// What is folded on the screen is read on paper, and folded again afterwards.
window.addEventListener("beforeprint", function () {
  "use strict";
  document.querySelectorAll("details.fold:not([open])").forEach(function (part) {
    part.open = true;
    window.addEventListener(
      "afterprint",
      function () {
        part.open = false;
      },
      { once: true },
    );
  });
});
