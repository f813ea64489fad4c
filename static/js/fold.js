// A menu that folds (details[data-fold]) closes by Esc, by a tap beside it, and when the focus goes on.
(function () {
  "use strict";
  function close(except) {
    document.querySelectorAll("details[data-fold][open]").forEach(function (menu) {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    close(event.target);
  });
  document.addEventListener("focusin", function (event) {
    close(event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = document.activeElement && document.activeElement.closest("details[data-fold][open]");
    if (!menu) return close();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
