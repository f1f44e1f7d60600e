// [data-share=URL]: the device's own sheet where there is one (data-title), else a copy of the address, which is said
// aloud and on the button (data-copied, data-failed). The button says data-label where it copies.
(() => {
  const canShare = Boolean(navigator.share);
  const confirm = (button, text) => {
    const label = button.querySelector("[data-label]");
    label.textContent = text;
    window.reflexe.say(text);
    setTimeout(() => { label.textContent = label.dataset.label; }, 4000);
  };
  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.share);
      confirm(button, button.dataset.copied);
    } catch {
      confirm(button, button.dataset.failed);
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-share]");
    if (!button) return;
    const { share, title } = button.dataset;
    if (canShare) navigator.share({ title, url: share }).catch(() => {}); // closed again without a choice
    else copy(button);
  });
  window.reflexe.onArrival((root) => {
    if (canShare) return;
    root.querySelectorAll("[data-share] [data-label]").forEach((label) => { label.textContent = label.dataset.label; });
  });
})();
