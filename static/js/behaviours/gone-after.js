// [data-gone-after=SECONDS]: a button that undoes an act leaves once the act can't be undone any more.
(() => {
  const leave = (node) => {
    const notice = node.closest(".notice");
    const hadFocus = node.contains(document.activeElement);
    node.remove();
    if (hadFocus && notice) Object.assign(notice, { tabIndex: -1 }).focus();
  };
  window.reflexe.onArrival((root) => {
    root.querySelectorAll("[data-gone-after]:not([data-counted])").forEach((node) => {
      node.dataset.counted = "1";
      setTimeout(() => leave(node), Number(node.dataset.goneAfter) * 1000);
    });
  });
})();
