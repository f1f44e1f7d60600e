// The bar of messages: [data-close] takes one away, and [data-gone-after=SECONDS], a button that undoes an act, leaves
// once the act can't be undone any more.
(() => {
  const leave = (node) => {
    const notice = node.closest(".notice");
    const hadFocus = node.contains(document.activeElement);
    node.remove();
    if (hadFocus && notice) notice.focus();
  };
  // What had the focus gives it to the next message, else to what the address names, else to the page.
  const close = (notice) => {
    const bar = notice.parentElement;
    notice.remove();
    const next = bar.firstElementChild;
    if (!next) bar.replaceChildren();
    const place = document.getElementById(location.hash.slice(1));
    [next, place, document.getElementById("main")].find((one) => {
      one?.focus({ preventScroll: true });
      return one && one === document.activeElement;
    });
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (button) close(button.closest(".notice"));
  });
  window.reflexe.onArrival((root) => {
    root.querySelectorAll("[data-gone-after]:not([data-counted])").forEach((node) => {
      node.dataset.counted = "1";
      setTimeout(() => leave(node), Number(node.dataset.goneAfter) * 1000);
    });
  });
})();
