// form#answered is what the switches of the head send on a page that answers a form: that form once more, packed in the
// field of that name. It takes what was typed since on the page.
(() => {
  const { texts, choices, names } = window.reflexe.fields;
  let edited = null;
  const path = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
  document.addEventListener("input", (event) => { edited = event.target.form; });
  document.addEventListener("submit", (event) => {
    const answered = event.target;
    if (answered.id !== "answered" || !edited?.isConnected || path(edited) !== path(answered)) return;
    const field = answered.elements.namedItem("answered");
    const typed = texts(edited).map(({ name, value }) => [name, value.replace(/\r?\n/g, "\r\n")]);
    const former = names(edited);
    const others = JSON.parse(field.value).filter(([name]) => !former.includes(name));
    field.value = JSON.stringify([...others, ...typed, ...choices(edited)]);
  });
})();
