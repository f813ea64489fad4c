// Back in a list, the row that was opened has the focus again; 回到列表 leads to that list as it was
// filtered. Kept for this tab only: the address of the list and of the link.
(function () {
  "use strict";
  const KEY = "kongchuo.row";
  const RETURNING = "kongchuo.returning";

  function read(key) {
    try { return window.sessionStorage.getItem(key) || ""; } catch { return ""; }
  }

  function keep(key, value) {
    try { window.sessionStorage.setItem(key, value); } catch { /* a browser that keeps nothing */ }
  }

  function opened() {
    try { return JSON.parse(read(KEY)) || {}; } catch { return {}; }
  }

  function isBack() {
    const entry = performance.getEntriesByType("navigation")[0];
    return read(RETURNING) === "1" || Boolean(entry) && entry.type === "back_forward";
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    if (link.matches("[data-to-list]")) keep(RETURNING, "1");
    else if (link.closest("[data-list] [data-row]"))
      keep(KEY, JSON.stringify({ list: location.pathname + location.search, link: link.getAttribute("href") }));
  });

  const last = opened();
  document.querySelectorAll("[data-to-list]").forEach(function (link) {
    if (last.list && last.list.startsWith("/") && !last.list.startsWith("//")) link.setAttribute("href", last.list);
  });

  if (document.querySelector("[data-list]")) {
    if (isBack() && last.list === location.pathname + location.search) {
      const link = Array.from(document.querySelectorAll("[data-list] [data-row] a")).find(function (one) {
        return one.getAttribute("href") === last.link;
      });
      if (link) {
        link.focus();
        link.scrollIntoView({ block: "nearest" });
      }
    }
    keep(RETURNING, "");
  }
})();
