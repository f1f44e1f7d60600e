// Says that behaviours run (.js-only shows), and gives them five tools: on load and after each swap, the polite live
// region, the plural of a count, an hour in words, and when to ask again what the site took no time for.
(() => {
  const [SECOND, MINUTE] = [1000, 60000];
  document.documentElement.classList.add("js");
  const arrivals = [];
  const arrive = (root) => arrivals.forEach((act) => act(root));
  window.reflexe = {
    // act(root) runs on the page, then on what each htmx swap brings; it must bear being run twice.
    onArrival(act) {
      arrivals.push(act);
      if (document.readyState !== "loading") act(document);
    },
    say(text) {
      const live = document.getElementById("live");
      if (!live) return;
      live.textContent = "";
      setTimeout(() => { live.textContent = text; }, 60);
    },
    plural(count, one, many) {
      const isFrench = document.documentElement.lang.startsWith("fr");
      const isSingular = count === 1 || (count === 0 && isFrench);
      const number = count.toLocaleString(document.documentElement.lang);
      return isSingular ? one.replace("1", number) : many.replace("{n}", number);
    },
    hour(at, timeZone) {
      const written = { hour: "numeric", minute: "2-digit", timeZone };
      return new Date(at).toLocaleTimeString(document.documentElement.lang, written).replace(/ /g, "\u00a0");
    },
    // The site answered that one has to wait: when it is asked again (a moment); 0 for any other answer.
    again(answer) {
      if (![429, 503].includes(answer.status)) return 0;
      return Date.now() + SECOND * (Number(answer.headers.get("Retry-After")) || 10);
    },
    // {again} in words is the minute by which that moment is over, as the server says it; {hour} is another moment.
    fill(words, { hour, again }, zone) {
      const write = (at) => window.reflexe.hour(at, zone);
      return words.replace("{hour}", write(hour)).replace("{again}", write(again + MINUTE));
    },
  };
  document.addEventListener("DOMContentLoaded", () => arrive(document));
  // A double click sends a form once: the second press, which would find the act done already, is dropped.
  let pressed = null;
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.target.method !== "post") return;
    if (button === pressed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    pressed = button;
    setTimeout(() => { pressed = null; }, 1500);
  }, true);
  // after:settle is sent to what is in the page now; after:swap may be sent to a form that the swap has removed.
  document.addEventListener("htmx:after:settle", (event) => arrive(event.target.parentNode || document));
})();
