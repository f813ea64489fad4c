// Lists: the head's box selects the page, the bar tells how many are selected, 打印全部 prints at once.
(function () {
  "use strict";
  const list = document.querySelector("[data-list]");
  const bar = document.querySelector("[data-bulk]");

  function picks() {
    return Array.from(list.querySelectorAll('input[name="pk"]'));
  }

  function tell() {
    const boxes = picks();
    const picked = boxes.filter(function (box) { return box.checked; }).length;
    const page = list.querySelector("[data-pick-page]");
    const all = bar.querySelector("[data-pick-all]");
    page.checked = picked > 0 && picked === boxes.length;
    page.indeterminate = picked > 0 && picked < boxes.length;
    // 全部 n 条 is offered once the whole page is selected.
    all.closest("label").hidden = !page.checked;
    if (!page.checked) all.checked = false;
    bar.hidden = picked === 0;
    bar.querySelector("[data-picked]").textContent = all.checked
      ? "已选择全部 " + bar.dataset.total + " 条"
      : "已选择 " + picked + " 条";
  }

  function select() {
    const page = list.querySelector("[data-pick-page]");
    page.hidden = false;
    page.addEventListener("change", function () {
      picks().forEach(function (box) { box.checked = page.checked; });
      tell();
    });
    list.addEventListener("change", tell);
    bar.addEventListener("change", tell);
    window.addEventListener("pageshow", tell);
    tell();
  }

  if (list && bar) select();
  if (document.querySelector("[data-print-now]")) window.addEventListener("load", function () { window.print(); });
})();
