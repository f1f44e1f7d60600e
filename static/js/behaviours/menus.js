// details.menu closes with Escape (the focus goes back to its summary), with a click elsewhere, and when the focus leaves it.
(() => {
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open], .tools details[open]") || open()[0];
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener("focusin", (event) => open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  // Filters stay open beside a wide list, in browsers whose style sheets can't do it.
  const wide = matchMedia("(min-width: 56em)");
  const widen = (root) => { if (wide.matches && !CSS.supports("selector(::details-content)")) root.querySelectorAll("details[data-open-wide]").forEach((box) => { box.open = true; }); };
  window.reflexe.onArrival(widen);
  wide.addEventListener("change", () => widen(document));
})();
