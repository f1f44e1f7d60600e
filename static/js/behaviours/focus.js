// [data-autofocus] takes the focus when it arrives: the summary of errors, the comment just posted.
// A message of what an act did takes it when nothing else does, and is said aloud when something else has it.
// [data-announce] is said aloud when a swap brings it: the count of a filtered list.
(() => {
  window.reflexe.onArrival((root) => {
    const news = root !== document && root.querySelector("[data-announce]");
    if (news) window.reflexe.say(news.textContent.trim());
    const arrivals = [...root.querySelectorAll("[data-autofocus]:not([data-focused])")];
    arrivals.forEach((one) => { one.dataset.focused = "1"; });
    const messages = [...document.querySelectorAll("#flashes > .notice:not([data-told])")];
    const target = arrivals[0] || (root === document && isAtNoPlace() && messages[0]);
    if (messages[0]) tell(messages, target);
    if (!target) return;
    target.focus({ preventScroll: true });
    if (!isInView(target)) target.scrollIntoView({ block: "nearest" });
  });
  // What sticks to the foot of the window is in view: scrolling to it would go to its place, far from what one reads.
  function isInView(one) {
    const { top, bottom } = one.getBoundingClientRect();
    return getComputedStyle(one).position === "sticky" && top >= 0 && bottom <= window.innerHeight + 1;
  }
  function isAtNoPlace() {
    return !document.getElementById(location.hash.slice(1));
  }
  // What a page that opens, or an answer, brings is not read by itself, but for what takes the focus.
  function tell(messages, target) {
    messages.forEach((one) => { one.dataset.told = "1"; });
    const rest = messages.filter((one) => one !== target);
    if (rest.length) window.reflexe.say(rest.map((one) => one.querySelector("div").textContent.trim()).join(" "));
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
