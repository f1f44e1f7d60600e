// [data-autofocus] takes the focus when it arrives: the summary of errors, the comment just posted.
// #flashes, what an act just did, takes it when nothing else does, and is said aloud when something else has it.
// [data-announce] is said aloud when a swap brings it: the count of a filtered list.
(() => {
  window.reflexe.onArrival((root) => {
    const news = root !== document && root.querySelector("[data-announce]");
    if (news) window.reflexe.say(news.textContent.trim());
    const arrivals = [...root.querySelectorAll("[data-autofocus]:not([data-focused])")];
    arrivals.forEach((one) => { one.dataset.focused = "1"; });
    const flashes = root === document && document.querySelector("#flashes:not([data-focused]):not(:empty)");
    const target = arrivals[0] || (flashes && firstFlash(flashes));
    if (flashes) announce(flashes, target);
    if (!target) return;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  });
  // The flash takes the focus, unless the address leads elsewhere on the page.
  function firstFlash(flashes) {
    if (document.getElementById(location.hash.slice(1))) return null;
    return Object.assign(flashes.firstElementChild, { tabIndex: -1 });
  }
  // A live region that is full when the page opens is not read by itself.
  function announce(flashes, target) {
    flashes.dataset.focused = "1";
    if (!flashes.contains(target)) window.reflexe.say(flashes.textContent.trim());
  }
  // A link to a field in the summary of errors puts the cursor in the field, or in its first choice.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.error-summary a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const isGroup = field.matches("fieldset, ul");
    ((isGroup && field.querySelector("input")) || field).focus();
    (field.closest(".field") || field).scrollIntoView({ block: "center" });
  });
})();
