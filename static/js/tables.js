// A table wider than the window scrolls within its box; a keyboard reaches the box then (WCAG 2.1.1).
(function () {
  "use strict";
  const boxes = document.querySelectorAll(".tablebox");

  function reach() {
    boxes.forEach(function (box) {
      if (box.scrollWidth <= box.clientWidth) return box.removeAttribute("tabindex");
      const caption = box.querySelector("caption") || document.querySelector("h1");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", caption ? caption.textContent.trim() : "表格");
    });
  }

  if (!boxes.length) return;
  reach();
  window.addEventListener("resize", reach);
})();
