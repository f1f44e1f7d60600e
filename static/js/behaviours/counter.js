// [data-counter=ID]: how many characters remain, said aloud when few are left and typing pauses.
(() => {
  const timers = new WeakMap();
  const show = (counter, aloud) => {
    const field = document.getElementById(counter.dataset.counter);
    if (!field) return;
    const { limit, one, many, overOne, overMany } = counter.dataset;
    const left = Number(limit) - [...field.value.replace(/\r?\n/g, "\r\n")].length;
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
