// Gives behaviours what a person fills in a form, without secrets, tokens or traps: its texts, and its choices, each a
// name and a value. What is put back is told to the other behaviours, as if it were typed.
(() => {
  const TEXT_TYPES = ["text", "search", "url", "tel", "email", "date", "number"];
  const DEFAULTS = { checked: "defaultChecked", selected: "defaultSelected" };
  const fields = (form) => [...form.elements].filter((field) => {
    return field.name && field.name !== "csrf_token" && !field.closest(".trap");
  });
  const isText = (field) => field.tagName === "TEXTAREA" || TEXT_TYPES.includes(field.type);
  // Each choice: the field, what is ticked or selected of it, and the property that says so.
  const choices = (form) => fields(form).flatMap((field) => {
    if (field.tagName === "SELECT") return [...field.options].map((option) => [field, option, "selected"]);
    return ["radio", "checkbox"].includes(field.type) ? [[field, field, "checked"]] : [];
  });
  const taken = (form) => choices(form).filter(([, item, property]) => item[property]);
  const tell = (field, event) => field.dispatchEvent(new Event(event, { bubbles: true }));
  const set = (form, isWanted) => {
    const changed = choices(form).filter((choice) => choice[1][choice[2]] !== isWanted(choice));
    changed.forEach((choice) => { choice[1][choice[2]] = isWanted(choice); });
    changed.forEach(([field]) => tell(field, "change"));
    return changed.map(([field]) => field);
  };
  window.reflexe.fields = {
    texts: (form) => fields(form).filter(isText),
    write(field, value, event) {
      field.value = value;
      tell(field, event);
    },
    choices: (form) => taken(form).map(([field, item]) => [field.name, item.value]),
    names: (form) => [...fields(form).filter(isText), ...choices(form).map(([field]) => field)].map(({ name }) => name),
    // Both return the fields that changed; the second one takes what the page came with.
    choose: (form, wanted) => set(form, ([field, item]) => {
      return wanted.some(([name, value]) => name === field.name && value === item.value);
    }),
    reset: (form) => set(form, ([, item, property]) => item[DEFAULTS[property]]),
  };
})();
