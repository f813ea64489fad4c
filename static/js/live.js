// What htmx could not fetch is said in words at the top of the page, and nothing typed is lost.
(function () {
  "use strict";
  const place = document.getElementById("live");
  if (!place) return;

  function say(words) {
    place.textContent = words;
    place.hidden = false;
  }

  document.body.addEventListener("htmx:sendError", function () {
    say("网络不通，未能更新。请检查网络后重试，已填写的内容仍在本页。");
  });
  document.body.addEventListener("htmx:responseError", function (event) {
    const number = event.detail.xhr.getResponseHeader("X-Request-ID");
    say("系统暂时出错，未能更新，请稍后重试。" + (number ? "请求编号：" + number : ""));
  });
  document.body.addEventListener("htmx:afterSwap", function () {
    place.hidden = true;
  });
})();
