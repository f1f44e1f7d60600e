// The presses of [data-door=KEY] that wait in this browser, the oldest first; where it forbids the store, in this page.
// form[data-forget] (signing out) takes the names out of them: each waits on, as one person more.
(() => {
  const PREFIX = "door:";
  const key = () => `${PREFIX}${document.querySelector("[data-door]").dataset.door}`;
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
  const forget = (name) => {
    const presses = JSON.parse(localStorage.getItem(name)) || [];
    localStorage.removeItem(name);
    const left = presses.map((press) => ({ ...press, name: "" }));
    if (left.length) localStorage.setItem(name, JSON.stringify(left));
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-forget]")) return;
    try {
      Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).forEach(forget);
    } catch { /* This browser keeps nothing. */ }
  });
})();
