// A form is sent once: its button says 提交中… and takes no second press. Coming back frees it again.
(function () {
  "use strict";
  const WAIT = "提交中…";

  function free(button) {
    button.removeAttribute("aria-disabled");
    if (button.dataset.words) button.textContent = button.dataset.words;
    delete button.dataset.words;
    delete button.form.dataset.sent;
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter || form.querySelector("button[type=submit], button:not([type])");
    if (!button || button.tagName !== "BUTTON") return;
    // Not `disabled`: the browser must still send the button's own name and value.
    button.setAttribute("aria-disabled", "true");
    button.dataset.words = button.textContent;
    button.textContent = form.dataset.wait || WAIT;
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
    document.querySelectorAll("button[data-words]").forEach(free);
  });
})();
