// Presses wait in this browser, the oldest first, until the site has them; where it forbids the store, in this page.
// window.reflexe.outbox(key, send, show): key() names the store ("" where the page has none); send(press) returns
// nothing once it is over, else why it waits; show(why) is called after each round, which begins again while one waits.
(() => {
  const AGAIN = 10000;
  window.reflexe.outbox = (key, send, show) => {
    let memory = [];
    let isSending = false;
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
    const flush = async () => {
      if (isSending || !key() || !read().length) return;
      isSending = true;
      let why = "";
      while (!why && read().length) {
        const [press] = read();
        why = await send(press).catch(() => "out");
        if (!why) write(read().filter((one) => one.id !== press.id));
      }
      isSending = false;
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
      // Take back those that match, but for the one that is on its way, and return them.
      takeBack(matches) {
        const [first, ...rest] = read();
        const left = isSending ? rest : [first, ...rest];
        const taken = left.filter((press) => press && matches(press));
        write(read().filter((press) => !taken.some((one) => one.id === press.id)));
        return taken;
      },
    };
  };
})();
