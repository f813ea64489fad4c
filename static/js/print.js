// Print buttons exist only where a script can serve them.
document.querySelectorAll("[data-print]").forEach(function (button) {
  "use strict";
  button.hidden = false;
  button.addEventListener("click", function () {
    window.print();
  });
});
