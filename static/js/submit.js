// A form is sent once: its button says 提交中… and takes no second press. It is freed when the page
// is come back to, or when no answer came for long. data-again on a form (a download) leaves it alone.
(function () {
  "use strict";
  const WAIT = "提交中…";
  const LONG = 20000; // ms

  function free(form) {
    delete form.dataset.sent;
    form.querySelectorAll("button[data-words]").forEach(function (button) {
      button.removeAttribute("aria-disabled");
      button.textContent = button.dataset.words;
      delete button.dataset.words;
    });
  }

  function hold(form, button) {
    form.dataset.sent = "1";
    window.setTimeout(free, LONG, form);
    if (!button || button.tagName !== "BUTTON") return;
    // Not `disabled`: the browser must still send the button's own name and value.
    button.setAttribute("aria-disabled", "true");
    button.dataset.words = button.textContent.trim();
    button.textContent = form.dataset.wait || WAIT;
  }

  function ours(form) {
    return form.method === "post" && !form.hasAttribute("hx-post") && !("again" in form.dataset);
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || !ours(form)) return;
    if (form.dataset.sent) event.preventDefault();
    else hold(form, event.submitter || form.querySelector("button:not([type=button])"));
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(free);
  });
})();
