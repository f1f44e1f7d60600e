// [data-near=ID]: what is near the title that is typed in the field ID, asked for by htmx once typing pauses.
// Nothing is asked for a title without a long word, nor again for one that was hidden (button or Escape).
(() => {
  const LONG = /[\p{L}\p{N}]{4,}/u;
  const titleOf = (place) => document.getElementById(place.dataset.near).value.trim();
  const clear = (place) => {
    place.dispatchEvent(new Event("htmx:abort"));
    place.replaceChildren();
  };
  const hide = (place) => {
    const hadFocus = place.contains(document.activeElement);
    place.dataset.hidden = titleOf(place);
    clear(place);
    if (hadFocus) document.getElementById(place.dataset.near).focus();
  };
  document.addEventListener("htmx:config:request", (event) => {
    const place = event.target.closest?.("[data-near]");
    if (!place) return;
    const title = titleOf(place);
    if (LONG.test(title) && title !== place.dataset.hidden) return;
    event.preventDefault();
    clear(place);
  });
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-hide-near]")?.closest("[data-near]");
    if (place) hide(place);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const place = event.target.closest?.("[data-near]") || document.querySelector(`[data-near="${event.target.id}"]`);
    if (place?.firstElementChild) hide(place);
  });
})();
