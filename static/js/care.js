// 关怀模式: larger letters and targets. The choice stays in this browser; it says nothing of a child.
(function () {
  "use strict";
  const KEY = "kongchuo-care";
  const root = document.documentElement;
  const button = document.querySelector("[data-care]");

  function read() {
    try {
      return localStorage.getItem(KEY) === "1";
    } catch (refused) {
      return false; // some in-app browsers refuse storage: the switch then lasts for the page
    }
  }

  function show(on) {
    root.classList.toggle("care", on);
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "退出关怀模式" : "关怀模式（大字）";
  }

  function keep(on) {
    try {
      localStorage.setItem(KEY, on ? "1" : "0");
    } catch (refused) {
      return;
    }
  }

  show(read());
  if (button) {
    button.addEventListener("click", function () {
      const on = !root.classList.contains("care");
      show(on);
      keep(on);
    });
  }
})();
