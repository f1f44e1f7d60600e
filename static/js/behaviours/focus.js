// [data-autofocus] takes the focus when it arrives: the summary of errors, the comment just posted.
// #flashes, what an act just did, takes it when nothing else does, and is said aloud when something else has it.
// [data-announce] is said aloud when a swap brings it: the count of a filtered list.
(() => {
  window.reflexe.onArrival((root) => {
    const said = root !== document && root.querySelector("[data-announce]");
    if (said) window.reflexe.say(said.textContent.trim());
    const places = [...root.querySelectorAll("[data-autofocus]:not([data-focused])")];
    places.forEach((one) => { one.dataset.focused = "1"; });
    const done = root === document && document.querySelector("#flashes:not([data-focused]):not(:empty)");
    const place = places[0] || (done && outcome(done));
    if (done) tell(done, place);
    if (!place) return;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  });
  // What was done, unless the address leads elsewhere on the page.
  function outcome(done) {
    if (document.getElementById(location.hash.slice(1))) return null;
    return Object.assign(done.firstElementChild, { tabIndex: -1 });
  }
  // A live region that is full when the page opens is not read by itself.
  function tell(done, place) {
    done.dataset.focused = "1";
    if (!done.contains(place)) window.reflexe.say(done.textContent.trim());
  }
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
