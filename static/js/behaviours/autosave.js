// form[data-autosave-url]: three seconds after the last word, the draft is kept by the server; without a network, or
// where the site asks to wait, it is tried again.
// The form says how it went in [data-autosave-status], with data-saved ("… {time}"), data-saving and data-failed.
(() => {
  const [DELAY, AGAIN] = [3000, 10000];
  const [pending, notBefore] = [new WeakMap(), new WeakMap()];
  const status = (form, text, failed) => {
    const place = form.querySelector("[data-autosave-status]");
    if (!place) return;
    place.textContent = text || "";
    place.classList.toggle("is-failed", Boolean(failed));
  };
  const save = async (form) => {
    if (!form.isConnected || form.dataset.sent) return;
    if (form.dataset.saving) {
      plan(form);
      return;
    }
    form.dataset.saving = "1";
    const words = form.querySelector("[data-autosave-status]")?.dataset || {};
    const answer = await fetch(form.dataset.autosaveUrl, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    }).catch(() => null);
    notBefore.set(form, answer ? window.reflexe.again(answer) : Date.now() + AGAIN);
    try {
      const draft = await answer.json(); // A page of error, or no answer, is no JSON: it says no more than data-failed.
      if (!answer.ok) {
        status(form, draft.error || words.failed, true);
        return;
      }
      follow(form, draft);
      status(form, (words.saved || "").replace("{time}", draft.saved_at));
    } catch {
      status(form, words.failed, true);
    } finally {
      delete form.dataset.saving;
      if (notBefore.get(form) > Date.now()) plan(form);
    }
  };
  // The first save makes a draft: what is typed next goes to its address, and is kept under its name.
  const follow = (form, draft) => {
    if (draft.url) form.dataset.autosaveUrl = draft.url;
    if (draft.keep && draft.keep !== form.dataset.keep) {
      try {
        localStorage.removeItem(`keep:${form.dataset.keep}`);
      } catch { /* forbidden */ }
      form.dataset.keep = draft.keep;
    }
    if (draft.edit_url) {
      form.setAttribute("action", draft.edit_url);
      if (form.hasAttribute("hx-post")) form.setAttribute("hx-post", draft.edit_url);
    }
  };
  const plan = (form) => {
    clearTimeout(pending.get(form));
    const wait = (notBefore.get(form) || 0) - Date.now();
    pending.set(form, setTimeout(() => save(form), Math.max(DELAY, wait)));
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosave-url]");
    if (form) plan(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-autosave-url]")) return;
    clearTimeout(pending.get(event.target));
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 4000);
  });
})();
