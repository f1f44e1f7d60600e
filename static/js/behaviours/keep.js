// form[data-keep=KEY]: what is being typed stays in this browser until it is sent (a week at most), with the choices of
// the form, and comes back if the form is shown again without it. A form that the server filled is left as it is.
// data-keep-restored, data-keep-both (texts and choices) and data-keep-clear are the words of the notice.
// <meta name="kept-clear" content=KEY>, in a page or in an htmx answer, says that it was received;
// form[data-forget] (signing out) drops everything.
(() => {
  const PREFIX = "keep:";
  const WEEK = 7 * 24 * 3600 * 1000;
  const { texts, write, choices, choose, reset } = window.reflexe.fields;
  // A browser may forbid the store, or it may be full: typing goes on without it.
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  const store = {
    get: (key) => attempt(() => JSON.parse(localStorage.getItem(PREFIX + key))),
    set: (key, value) => attempt(() => localStorage.setItem(PREFIX + key, JSON.stringify(value))),
    drop: (key) => attempt(() => localStorage.removeItem(PREFIX + key)),
    clear: () => attempt(() => {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
    }),
  };
  const keep = (form) => {
    const typed = texts(form).filter((field) => field.value.trim());
    const fields = Object.fromEntries(typed.map((field) => [field.name, field.value]));
    if (typed.length) store.set(form.dataset.keep, { at: Date.now(), fields, choices: choices(form) });
    else store.drop(form.dataset.keep);
  };
  const notify = (form, restored, hasChoices) => {
    const box = document.createElement("div");
    box.className = "notice";
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = (hasChoices ? form.dataset.keepBoth : form.dataset.keepRestored) || "";
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "button is-plain";
    clear.textContent = form.dataset.keepClear || "×";
    clear.addEventListener("click", () => {
      restored.forEach((field) => write(field, "", "input"));
      if (hasChoices) reset(form);
      store.drop(form.dataset.keep);
      restored[0].focus();
      box.remove();
    });
    box.append(words, clear);
    form.prepend(box);
  };
  const unfold = (field) => {
    let part = field.closest("details");
    while (part) {
      part.open = true;
      part = part.parentElement.closest("details");
    }
  };
  const restore = (form) => {
    const saved = store.get(form.dataset.keep);
    if (!saved || Date.now() - saved.at > WEEK) {
      store.drop(form.dataset.keep);
      return;
    }
    const isFilled = texts(form).some((field) => field.value && field.value !== saved.fields[field.name]);
    const empty = texts(form).filter((field) => !field.value && saved.fields[field.name]);
    empty.forEach((field) => write(field, saved.fields[field.name], "change"));
    if (!empty.length) return;
    const chosen = isFilled || !saved.choices ? [] : choose(form, saved.choices);
    [...empty, ...chosen].forEach(unfold);
    notify(form, empty, chosen.length > 0);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) keep(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-forget]")) store.clear();
  });
  window.reflexe.onArrival((root) => {
    document.querySelectorAll('meta[name="kept-clear"]').forEach((meta) => {
      meta.content.split(" ").forEach(store.drop);
      meta.remove();
    });
    root.querySelectorAll("form[data-keep]:not([data-kept])").forEach((form) => {
      form.dataset.kept = "1";
      restore(form);
    });
  });
})();
