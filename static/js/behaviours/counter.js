// [data-counter=ID]: how many characters remain, said aloud when few are left and typing pauses. They are counted as
// the server does (`core/text/plain.py`): accents are part of their letter, and a line has no space around it.
(() => {
  const timers = new WeakMap();
  const count = (field) => {
    const text = field.value.normalize("NFC");
    return [...(field.tagName === "INPUT" ? text.replace(/\s+/g, " ").trim() : text)].length;
  };
  const show = (counter, aloud) => {
    const field = document.getElementById(counter.dataset.counter);
    if (!field) return;
    const { limit, one, many, overOne, overMany } = counter.dataset;
    const left = Number(limit) - count(field);
    const { plural, say } = window.reflexe;
    const text = left < 0 ? plural(-left, overOne, overMany) : plural(left, one, many);
    counter.textContent = text;
    counter.classList.toggle("is-over", left < 0);
    clearTimeout(timers.get(counter));
    if (aloud && left < Math.max(20, limit * 0.1)) timers.set(counter, setTimeout(() => say(text), 1200));
  };
  const update = (event) => {
    const id = event.target.id;
    const counter = id && document.querySelector(`[data-counter="${CSS.escape(id)}"]`);
    if (counter) show(counter, true);
  };
  document.addEventListener("input", update);
  document.addEventListener("change", update);
  window.reflexe.onArrival((root) => {
    root.querySelectorAll("[data-counter]").forEach((counter) => show(counter, false));
  });
})();
