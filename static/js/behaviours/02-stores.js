// window.reflexe.stores names the store of a tab, hands over what others left, and keeps what a page added.
(() => {
  const LEFT = 60000;
  window.reflexe.stores = {
    // What was left in the stores of these names is handed over, unless it is so recent that its tab may be open.
    adopt(isTheirs, add) {
      try {
        Object.keys(localStorage).filter(isTheirs).forEach((name) => {
          const presses = JSON.parse(localStorage.getItem(name)) || [];
          if (presses.some((press) => Date.now() - press.at < LEFT)) return;
          presses.forEach(add);
          // Its tab may be open all the same, and hears that it was handed over.
          if (presses.length) localStorage.setItem(name, "[]");
          else localStorage.removeItem(name);
        });
      } catch { /* This browser keeps nothing. */ }
    },
    // Each tab has a store of its own, since each goes on from what it read.
    tab(name) {
      try {
        sessionStorage.notes ||= name;
        return sessionStorage.notes;
      } catch {
        return name;
      }
    },
    // What this page added stays in its outbox until it is heard of. What another tab took over is sent from here too,
    // under its key: it is made once, and both hear what it became. A store that is gone was dropped at signing out.
    own(key, outbox, page) {
      const added = new Map();
      const keep = () => {
        const there = outbox.read();
        const isWhole = [...added.keys()].every((id) => there.some((press) => press.id === id));
        if (isWhole) return false;
        outbox.takeBack((press) => added.has(press.id));
        added.forEach((press) => outbox.add({ ...press, tried: true }));
        return true;
      };
      window.addEventListener("storage", (event) => {
        if (event.key !== key()) return;
        if (event.newValue === null) added.clear();
        else if (keep()) outbox.flush();
      });
      return {
        keep,
        // `former` is the one whose place it takes.
        add(press, former) {
          const whole = { id: outbox.newId(), page, at: Date.now(), ...press };
          added.delete(former?.id);
          added.set(whole.id, whole);
          outbox.add(whole);
        },
        forget: (press) => added.delete(press.id),
      };
    },
  };
})();
