// [data-autofocus] takes the focus when it arrives: the summary of errors, the comment just posted.
// [data-announce] is said aloud when a swap brings it: the count of a filtered list.
(() => {
  window.reflexe.onArrival((root) => {
    const said = root !== document && root.querySelector("[data-announce]");
    if (said) window.reflexe.say(said.textContent.trim());
    const places = [...root.querySelectorAll("[data-autofocus]:not([data-focused])")];
    places.forEach((one) => { one.dataset.focused = "1"; });
    const place = places[0];
    if (!place) return;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  });
  // A link to a field in the summary of errors puts the cursor in the field, or in its first choice.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.error-summary a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.matches("fieldset, ul") ? field.querySelector("input") || field : field).focus();
    (field.closest(".field") || field).scrollIntoView({ block: "center" });
  });
})();
