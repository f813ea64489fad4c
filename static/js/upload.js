// How much of a file has gone, in figures and words: the line of a school may be slow. Without this
// the form is sent as a plain one.
(function () {
  "use strict";

  function box(form) {
    return form.querySelector("[data-upload-box]");
  }

  function tell(form, percent) {
    const place = box(form);
    if (!place) return;
    place.hidden = false;
    place.querySelector("progress").value = percent;
    place.querySelector("p").textContent =
      percent < 100 ? "已上传 " + percent + "%" : "文件已传完，正在登记…";
  }

  function isOurs(form) {
    return form && form.matches && form.matches("form[data-upload]");
  }

  document.addEventListener("htmx:xhr:progress", function (event) {
    const form = event.target;
    if (!isOurs(form) || !event.detail.lengthComputable || !event.detail.total) return;
    tell(form, Math.floor((event.detail.loaded * 100) / event.detail.total));
  });

  // A line that broke: nothing is left standing that looks like progress.
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (isOurs(event.target) && box(event.target)) box(event.target).hidden = true;
    });
  });
})();
