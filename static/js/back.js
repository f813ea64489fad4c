// 返回上一页, with the form as it was left.
document.querySelectorAll("[data-back]").forEach(function (link) {
  "use strict";
  link.addEventListener("click", function (event) {
    event.preventDefault();
    history.back();
  });
});
