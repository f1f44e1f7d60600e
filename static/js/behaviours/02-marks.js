// window.reflexe.marks: what marks.js shows of presses that are toggles (form[data-mark=ADDRESS of the contrary]).
(() => {
  const forms = () => [...document.querySelectorAll("form[data-mark]")];
  const address = (form) => form.dataset.mark && new URL(form.dataset.mark, location.href).href;
  const name = (form) => form.querySelector("button").textContent.replace(/\s+/g, " ").trim();
  // A toggle offers the contrary at once.
  const toggle = (form) => {
    const [label, pressed] = [form.querySelector("[data-label]"), form.querySelector("[aria-pressed]")];
    if (!pressed) return;
    const { mark, otherLabel } = form.dataset;
    Object.assign(form.dataset, { mark: form.action, otherLabel: label.textContent });
    form.setAttribute("action", mark);
    label.textContent = otherLabel;
    pressed.setAttribute("aria-pressed", String(pressed.getAttribute("aria-pressed") !== "true"));
  };
  window.reflexe.marks = {
    mark: (press) => forms().filter((form) => form.action === press.url).forEach(toggle),
    unmark: (press) => forms().filter((form) => address(form) === press.url).forEach(toggle),
    // Press a form: its address and that of the contrary; how what is pressed, or taken back (isOff), is called.
    press(form) {
      const isOff = Boolean(form.querySelector("[aria-pressed=true]"));
      const [before, url, contrary] = [name(form), form.action, address(form)];
      toggle(form);
      return { url, contrary, isOff, label: isOff ? name(form) : before };
    },
  };
})();
