// The presses of [data-door=KEY] that wait in this browser, the oldest first; where it forbids the store, in this page.
(() => {
  const key = () => `door:${document.querySelector("[data-door]").dataset.door}`;
  let memory = [];
  window.reflexe.presses = {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key())) || [];
      } catch {
        return memory;
      }
    },
    write(presses) {
      memory = presses;
      try {
        localStorage.setItem(key(), JSON.stringify(presses));
      } catch { /* This page keeps them, and no other. */ }
    },
  };
})();
