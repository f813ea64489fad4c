// The editor of a paper's text: a click on an offered field puts it where one was writing last.
(function () {
  "use strict";
  let last = null;

  document.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-takes-field]")) last = event.target;
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-field]");
    if (!button) return;
    const area = last || document.querySelector("[name=body]");
    area.setRangeText(button.dataset.field, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
