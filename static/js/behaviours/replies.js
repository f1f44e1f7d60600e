// [data-reply]: the chosen saved reply goes into the reason where the cursor is, instead of by way of the server.
(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reply]");
    const field = button && document.getElementById(button.dataset.reply);
    if (!field) return;
    event.preventDefault();
    const chosen = button.closest(".replies").querySelector("select").selectedOptions[0];
    field.focus();
    if (!chosen?.dataset.body) return;
    const { selectionStart: start, selectionEnd: end } = field;
    field.setRangeText(chosen.dataset.body, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
