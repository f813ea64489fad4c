// What the roll call keeps in this browser until it arrives (rollcall.js) is gone after a day, and when
// one signs out, on whatever page that is. Browsers that know Clear-Site-Data do the latter twice.
(function () {
  "use strict";
  const PREFIX = "kongchuo-roll:";
  const DAY = 24 * 60 * 60 * 1000;

  function clear(goes) {
    try {
      Object.keys(localStorage).forEach(function (name) {
        if (name.indexOf(PREFIX) === 0 && goes(name)) localStorage.removeItem(name);
      });
    } catch (refused) {
      return; // storage refused: nothing was kept
    }
  }

  function isOld(name) {
    try {
      return !(Date.now() - JSON.parse(localStorage.getItem(name)).at < DAY);
    } catch (broken) {
      return true;
    }
  }

  function purge() {
    clear(isOld);
  }

  document.addEventListener("submit", function (event) {
    if (!/logout/.test(event.target.getAttribute("action") || "")) return;
    clear(function () {
      return true;
    });
  });
  window.addEventListener("pageshow", purge);
  document.addEventListener("visibilitychange", purge);
  window.setInterval(purge, 10 * 60 * 1000); // a page may stand open overnight
  purge();
})();
