// form[data-forget] (signing out) takes the names out of the presses of a door that wait in this browser: each waits
// on, as one person more. Those of a forum ([data-marks], [data-notes]) are dropped: they were made in the name of who
// leaves.
(() => {
  const NAMES = { door: "door:", marks: "marks:", notes: "notes:" };
  const forget = (name) => {
    const presses = JSON.parse(localStorage.getItem(name)) || [];
    localStorage.removeItem(name);
    const left = presses.map((press) => ({ ...press, name: "" }));
    if (name.startsWith(NAMES.door) && left.length) localStorage.setItem(name, JSON.stringify(left));
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-forget]")) return;
    try {
      const isKept = (name) => Object.values(NAMES).some((prefix) => name.startsWith(prefix));
      Object.keys(localStorage).filter(isKept).forEach(forget);
    } catch { /* This browser keeps nothing. */ }
  });
})();
