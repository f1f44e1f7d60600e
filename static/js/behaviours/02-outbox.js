// Presses wait in this browser, the oldest first, until the site has them; where it forbids the store, in this page.
// window.reflexe.outbox(key, send, show): key() names the store ("" where the page has none); send(press) returns
// nothing once it is over, else why it waits; show(why) is called after each round, which begins again while one waits.
// A press that is changed to be held stays, and is not sent: those after it are. window.reflexe.stores names that of a
// tab, and hands over what others left.
(() => {
  const [AGAIN, LEFT] = [10000, 60000];
  window.reflexe.outbox = (key, send, show) => {
    let memory = [];
    let sending = "";
    const read = () => {
      try {
        return JSON.parse(localStorage.getItem(key())) || [];
      } catch {
        return memory;
      }
    };
    const write = (presses) => {
      memory = presses;
      try {
        localStorage.setItem(key(), JSON.stringify(presses));
      } catch { /* This page keeps them, and no other. */ }
    };
    const next = () => read().find((press) => !press.held);
    const flush = async () => {
      if (sending || !key() || !next()) return;
      let why = "";
      while (!why && next()) {
        const press = next();
        sending = press.id;
        why = await send(press).catch(() => "out");
        if (!why) write(read().filter((one) => one.id !== press.id || one.held));
      }
      sending = "";
      show(why);
      if (why) setTimeout(flush, AGAIN);
    };
    window.addEventListener("online", flush);
    window.reflexe.onArrival(flush);
    return {
      read,
      flush,
      newId: () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join(""),
      add: (press) => write([...read(), press]),
      change: (matches, act) => write(read().map((press) => (matches(press) ? { ...press, ...act(press) } : press))),
      // Take back those that match, but for the one that is on its way, and return them.
      takeBack(matches) {
        const taken = read().filter((press) => press.id !== sending && matches(press));
        write(read().filter((press) => !taken.some((one) => one.id === press.id)));
        return taken;
      },
    };
  };
  window.reflexe.stores = {
    // What was left in the stores of these names is handed over, unless it is so recent that its tab may be open.
    adopt(isTheirs, add) {
      try {
        Object.keys(localStorage).filter(isTheirs).forEach((name) => {
          const presses = JSON.parse(localStorage.getItem(name)) || [];
          if (presses.some((press) => Date.now() - press.at < LEFT)) return;
          localStorage.removeItem(name);
          presses.forEach(add);
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
  };
})();
