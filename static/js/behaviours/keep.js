// form[data-keep=KEY]: what is being typed stays in this browser until it is sent (a week at most), and comes back if the form
// is shown again without it. data-keep-restored and data-keep-clear are the words of the notice. <meta name="kept-clear" content=KEY>,
// in a page or in an htmx answer, says that it was received; form[data-forget] (signing out) drops everything.
(() => {
  const PREFIX = "keep:", WEEK = 7 * 24 * 3600 * 1000;
  const store = { get(key) { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch { /* full or forbidden: typing goes on */ } },
    drop(key) { try { localStorage.removeItem(PREFIX + key); } catch { /* forbidden */ } } };
  const texts = (form) => [...form.elements].filter((field) => field.name && field.name !== "csrf_token" && !field.closest(".trap") && (field.tagName === "TEXTAREA" || (field.tagName === "INPUT" && ["text", "search", "url", "tel", "email"].includes(field.type))));
  const keep = (form) => {
    const fields = Object.fromEntries(texts(form).filter((field) => field.value.trim()).map((field) => [field.name, field.value]));
    if (Object.keys(fields).length) store.set(form.dataset.keep, { at: Date.now(), fields });
    else store.drop(form.dataset.keep);
  };
  const notice = (form, restored) => {
    const box = document.createElement("div");
    box.className = "notice";
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = form.dataset.keepRestored || "";
    const clear = Object.assign(document.createElement("button"), { type: "button", className: "button is-plain", textContent: form.dataset.keepClear || "×" });
    clear.addEventListener("click", () => {
      restored.forEach((field) => { field.value = ""; field.dispatchEvent(new Event("input", { bubbles: true })); });
      store.drop(form.dataset.keep);
      restored[0].focus();
      box.remove();
    });
    box.append(words, clear);
    form.prepend(box);
  };
  const restore = (form) => {
    const kept = store.get(form.dataset.keep);
    if (!kept || Date.now() - kept.at > WEEK) return store.drop(form.dataset.keep);
    const empty = texts(form).filter((field) => !field.value && kept.fields[field.name]);
    empty.forEach((field) => { field.value = kept.fields[field.name]; field.dispatchEvent(new Event("change", { bubbles: true })); });
    if (empty.length) notice(form, empty);
  };
  document.addEventListener("input", (event) => { const form = event.target.closest("form[data-keep]"); if (form) keep(form); });
  document.addEventListener("submit", (event) => { if (event.target.matches("form[data-forget]")) { try { Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key)); } catch { /* forbidden */ } } });
  window.reflexe.onArrival((root) => {
    document.querySelectorAll('meta[name="kept-clear"]').forEach((meta) => { meta.content.split(" ").forEach(store.drop); meta.remove(); });
    root.querySelectorAll("form[data-keep]:not([data-kept])").forEach((form) => { form.dataset.kept = "1"; restore(form); });
  });
})();
