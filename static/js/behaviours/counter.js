// [data-counter=ID]: how many characters remain, said aloud when few are left and typing pauses.
(() => {
  const timers = new WeakMap();
  const show = (counter, aloud) => {
    const field = document.getElementById(counter.dataset.counter);
    if (!field) return;
    const { limit, one, many, overOne, overMany } = counter.dataset;
    const left = Number(limit) - [...field.value.replace(/\r?\n/g, "\r\n")].length;
    const text = left < 0 ? window.reflexe.plural(-left, overOne, overMany) : window.reflexe.plural(left, one, many);
    counter.textContent = text;
    counter.classList.toggle("is-over", left < 0);
    clearTimeout(timers.get(counter));
    if (aloud && left < Math.max(20, limit * 0.1)) timers.set(counter, setTimeout(() => window.reflexe.say(text), 1200));
  };
  const of = (field) => field.id && document.querySelector(`[data-counter="${CSS.escape(field.id)}"]`);
  for (const name of ["input", "change"]) document.addEventListener(name, (event) => { const counter = of(event.target); if (counter) show(counter, true); });
  window.reflexe.onArrival((root) => root.querySelectorAll("[data-counter]").forEach((counter) => show(counter, false)));
})();
