// A form of several alike rows shows those filled in and one empty; 再加一项 shows the next.
// Without this all of them stand there.
(function () {
  "use strict";
  document.querySelectorAll("[data-items]").forEach(function (form) {
    const rows = Array.from(form.querySelectorAll("[data-item]"));
    const more = form.querySelector("[data-add]");

    function isEmpty(row) {
      return !Array.from(row.querySelectorAll("input, select, textarea")).some(function (field) {
        return field.value !== "";
      });
    }

    function next() {
      return rows.find(function (row) {
        return row.hidden;
      });
    }

    rows.forEach(function (row, place) {
      row.hidden = place > 0 && isEmpty(row) && !row.querySelector(".field-error");
    });
    more.hidden = !next();
    more.addEventListener("click", function () {
      const row = next();
      row.hidden = false;
      row.querySelector("input, select, textarea").focus();
      more.hidden = !next();
    });
  });
})();
