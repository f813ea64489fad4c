// 拨打, 住址: the answer takes the place of the button, and a telephone dials it. Without this, or
// when it fails, the form leads to the page that shows the same.
document.addEventListener("submit", function (event) {
  "use strict";
  const form = event.target;
  if (!form.hasAttribute("data-reach") || !window.fetch) return;
  event.preventDefault();
  fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
    .then(function (response) {
      return response.ok && !response.redirected ? response.text() : "";
    })
    .then(function (text) {
      const page = new DOMParser().parseFromString(text, "text/html");
      const found = document.importNode(page.querySelector("[data-found]"), true);
      form.replaceWith(found);
      const link = found.querySelector("a[href^='tel:']");
      (link || found).focus();
      if (link && window.matchMedia("(pointer: coarse)").matches) link.click();
    })
    .catch(function () {
      HTMLFormElement.prototype.submit.call(form);
    });
});
