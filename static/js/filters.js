// Filters fold themselves: all of them on a phone, the rarer ones everywhere, unless one is in use.
// In use is what the address names: a usual value, such as open cases only, unfolds nothing.
(function () {
  "use strict";
  const wide = window.matchMedia("(min-width: 48em)");

  function inUse(box) {
    const asked = new URLSearchParams(window.location.search);
    return Array.from(box.querySelectorAll("input, select")).some(function (field) {
      if (field.type === "hidden" || !asked.get(field.name)) return false;
      if (field.type === "checkbox" || field.type === "radio") return field.checked && field.value !== "";
      return field.value !== "";
    });
  }

  function fold() {
    document.querySelectorAll("[data-filters]").forEach(function (box) {
      box.open = wide.matches || inUse(box);
      const more = box.querySelector(".filters-more");
      if (more && inUse(more)) more.open = true;
    });
  }

  // The schools and villages to choose from are those of the township: it is asked for at once.
  document.querySelectorAll('.filters select[name="township"]').forEach(function (township) {
    township.addEventListener("change", function () {
      township.form.querySelectorAll('select[name="school"], select[name="village"]').forEach(function (one) {
        one.value = "";
      });
      township.form.submit();
    });
  });

  fold();
  wide.addEventListener("change", fold);
})();
