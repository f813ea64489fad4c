// Keys of lists, the desk and a case (ux 5.3): J K Enter X / ? Esc, G then H Q R. Never while typing, while an input method
// composes, or with Ctrl, Alt, Meta. They can be switched off in the dialog, for this browser.
(function () {
  "use strict";
  const OFF = "kongchuo.keys";
  const dialog = document.querySelector("[data-keys]");
  const opener = document.querySelector("[data-keys-help]");
  if (!dialog || !dialog.showModal) return;
  const off = dialog.querySelector("[data-keys-off]");
  let at = -1;
  let going = 0; // when G was pressed

  function isOff() {
    try { return window.localStorage.getItem(OFF) === "off"; } catch { return false; }
  }

  function keep(value) {
    try { window.localStorage.setItem(OFF, value); } catch { /* a browser that keeps nothing */ }
  }

  function rows() {
    return Array.from(document.querySelectorAll("[data-list] [data-row]"));
  }

  function move(step) {
    const all = rows();
    const following = document.querySelector("[data-next]");
    if (!all.length && following && step > 0) following.click();
    if (!all.length) return;
    if (all[at]) all[at].classList.remove("row-at");
    at = Math.min(Math.max(at + step, 0), all.length - 1);
    all[at].classList.add("row-at");
    const link = all[at].querySelector(".cell-name a, a");
    if (link) link.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }

  function open() {
    const link = rows()[at] && rows()[at].querySelector(".cell-name a, a");
    if (link) link.click();
  }

  function pick() {
    const box = rows()[at] && rows()[at].querySelector('input[name="pk"]');
    if (box) box.click();
  }

  function press() {
    const button = rows()[at] && rows()[at].querySelector('button[name="only"]');
    if (button) button.click();
  }

  function search() {
    const field = document.querySelector('.filters input[type="search"], .filters input[type="text"]');
    if (!field) return;
    document.querySelectorAll(".filters").forEach(function (box) { box.open = true; });
    field.focus();
  }

  function help() {
    off.checked = isOff();
    dialog.showModal();
  }

  function go(key) {
    const url = dialog.dataset["go" + key.toUpperCase()];
    if (url) window.location.assign(url);
  }

  const KEYS = {
    j: function () { move(1); },
    k: function () { move(-1); },
    x: pick,
    c: press,
    "/": search,
    "?": help,
    g: function () { going = Date.now(); },
  };

  function typing(target) {
    return target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && target.type !== "checkbox";
  }

  function ignored(event) {
    return event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey ||
      typing(event.target) || dialog.open;
  }

  document.addEventListener("keydown", function (event) {
    if (ignored(event) || isOff()) return;
    const key = event.key.toLowerCase();
    if (going && Date.now() - going < 1500 && "hqr".includes(key)) {
      going = 0;
      event.preventDefault();
      go(key);
    } else if (key === "enter" && event.target === document.body) {
      open();
    } else if (KEYS[key]) {
      event.preventDefault();
      KEYS[key]();
    }
  });

  opener.hidden = false;
  opener.addEventListener("click", help);
  off.addEventListener("change", function () { keep(off.checked ? "off" : "on"); });
})();
