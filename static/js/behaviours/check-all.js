// [data-check-all=NAME]: ticks or unticks all the boxes of that name in its form, and shows whether all of them are.
(() => {
  const boxesOf = (all) => [...all.form.querySelectorAll(`[type=checkbox][name="${all.dataset.checkAll}"]`)];
  const show = (all) => {
    const boxes = boxesOf(all);
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  document.addEventListener("change", (event) => {
    const all = event.target.form?.querySelector("[data-check-all]");
    if (!all) return;
    if (event.target === all) boxesOf(all).forEach((box) => { box.checked = all.checked; });
    else show(all);
  });
  window.reflexe.onArrival((root) => root.querySelectorAll("[data-check-all]").forEach(show));
  // Coming back to a page that the browser kept, with its boxes as they were.
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-check-all]").forEach(show));
})();
