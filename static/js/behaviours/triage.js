// [data-triage]: the keys of the desk. They act on the [data-item] that has the focus, by its [data-key], never while
// somebody types; u presses [data-undo]. [data-triage-toggle] turns them off in this browser, and [data-triage-help]
// lists them.
(() => {
  const OFF = "triage-off";
  const ACTS = ["p", "t", "r", "a", "l", "o", "c", "1", "2", "3"];
  const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  let isActing = false;
  // Where a browser forbids the store, the keys are on.
  const isOff = () => {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  };
  const turn = (off) => {
    try {
      if (off) localStorage.setItem(OFF, "1");
      else localStorage.removeItem(OFF);
    } catch { /* forbidden */ }
  };
  const current = () => document.activeElement?.closest("[data-item]");
  const show = (node) => {
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  };
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
  const undo = () => {
    const button = document.querySelector("[data-undo]");
    if (!button) return;
    isActing = true;
    button.click();
  };
  const isForUs = (event) => {
    const hasModifier = event.ctrlKey || event.altKey || event.metaKey;
    if (hasModifier || event.defaultPrevented || isActing || isOff()) return false;
    return document.querySelector("[data-triage]") && !event.target.closest?.(TYPING);
  };
  document.addEventListener("keydown", (event) => {
    if (!isForUs(event)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.repeat) return;
    else if (event.key === "?") show(document.querySelector("[data-triage-help]"));
    else if (event.key === "u") undo();
    else if (ACTS.includes(event.key)) act(event.key);
    else return;
    event.preventDefault();
  });
  // Coming back to a page that the browser kept.
  window.addEventListener("pageshow", () => { isActing = false; });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-triage-toggle]")) turn(!event.target.checked);
  });
  window.reflexe.onArrival((root) => {
    root.querySelectorAll("[data-triage-toggle]").forEach((box) => { box.checked = !isOff(); });
  });
})();
