// [data-reply]: the chosen saved reply goes to the end of the reason, as a paragraph of its own, without going by the
// server, which does the same (`saved_replies.join`). The list is then ready for another one.
(() => {
  const join = (typed, body) => [typed.trimEnd(), body].filter(Boolean).join("\n\n");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reply]");
    const field = button && document.getElementById(button.dataset.reply);
    if (!field) return;
    event.preventDefault();
    const list = button.closest(".replies").querySelector("select");
    const { body } = list.selectedOptions[0]?.dataset || {};
    field.focus();
    if (!body) return;
    field.value = join(field.value, body);
    field.setSelectionRange(field.value.length, field.value.length);
    list.selectedIndex = 0;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
