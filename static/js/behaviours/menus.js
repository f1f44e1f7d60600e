// details.menu closes with Escape (the focus goes back to its summary), with a click elsewhere, and when the focus
// leaves it.
(() => {
  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open], .tools details[open]") || openMenus()[0];
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  const closeOthers = (event) => openMenus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
  // Filters stay open beside a wide list, in browsers whose style sheets can't do it.
  const wide = matchMedia("(min-width: 56em)");
  const openFilters = (root) => {
    if (!wide.matches || CSS.supports("selector(::details-content)")) return;
    root.querySelectorAll("details[data-open-wide]").forEach((filters) => { filters.open = true; });
  };
  window.reflexe.onArrival(openFilters);
  wide.addEventListener("change", () => openFilters(document));
})();
