// Says that behaviours run (.js-only shows), and gives them four tools: on load and after each swap, the polite live
// region, the plural of a count, and an hour in words.
(() => {
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
