// [data-triage]: the keys of the desk. They act on the [data-item] that has the focus, by its [data-key], never while
// somebody types; [data-triage-toggle] turns them off in this browser, and [data-triage-help] lists them.
(() => {
  const OFF = "triage-off";
  const isOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const turn = (off) => { try { if (off) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF); } catch { /* forbidden: on */ } };
  const current = () => document.activeElement?.closest("[data-item]");
  let isActing = false;
  const show = (node) => { node.focus({ preventScroll: true }); node.scrollIntoView({ block: "nearest" }); };
  const move = (step) => {
    const items = [...document.querySelectorAll("[data-item]")];
    const at = items.indexOf(current());
    const next = items[at < 0 ? 0 : at + step];
    if (next) show(next);
  };
  const act = (key) => {
    const control = current()?.querySelector(`[data-key="${key}"]`);
    if (!control) return;
    isActing = true;
    control.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isActing || isOff()) return;
    if (!document.querySelector("[data-triage]") || event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.repeat) return;
    else if (event.key === "?") show(document.querySelector("[data-triage-help]"));
    else if (["p", "t", "r", "a", "o"].includes(event.key)) act(event.key);
    else return;
    event.preventDefault();
  });
  // Coming back to a page that the browser kept.
  window.addEventListener("pageshow", () => { isActing = false; });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-triage-toggle]")) turn(!event.target.checked); });
  window.reflexe.onArrival((root) => root.querySelectorAll("[data-triage-toggle]").forEach((box) => { box.checked = !isOff(); }));
})();
