// [data-reading]: following a link of what one was told marks it as read, as the button of its form would.
(() => {
  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-reading] a")?.closest("[data-reading]").querySelector("form");
    if (form) navigator.sendBeacon(form.action, new FormData(form));
  });
})();
