// form#answered is what the switches of the head send on a page that answers a form: that form once more. It takes what
// was typed since on the page.
(() => {
  const { texts, choices, names } = window.reflexe.fields;
  let edited = null;
  const path = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
  const add = (answered, name, value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    answered.append(input);
  };
  document.addEventListener("input", (event) => { edited = event.target.form; });
  document.addEventListener("submit", (event) => {
    const answered = event.target;
    if (answered.id !== "answered" || !edited?.isConnected || path(edited) !== path(answered)) return;
    const former = names(edited);
    [...answered.elements].filter((field) => former.includes(field.name)).forEach((field) => field.remove());
    texts(edited).forEach((field) => add(answered, field.name, field.value));
    choices(edited).forEach(([name, value]) => add(answered, name, value));
  });
})();
