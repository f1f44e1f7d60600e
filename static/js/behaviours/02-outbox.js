// Presses wait in this browser, the oldest first, until the site has them; where it forbids the store, in this page.
// window.reflexe.outbox(key, { body, taken, refused, show }): key() names the store ("" where the page has none);
// body(press) is what is sent; taken and refused (press, html) hear of what became of it. show(why, again) tells how it
// stands after each round, which begins again while one waits: "out" (no network), "session" (it ended), "many" (too
// much at once: the site is asked at `again`, not before), or nothing.
(() => {
  const AGAIN = 10000;
  window.reflexe.outbox = (key, { body, taken, refused, show }) => {
    let memory = [];
    let isSending = false;
    const state = { why: "", again: 0, timer: null };
    const tell = () => show(state.why, state.again);
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
    const send = async (press) => {
      const answer = await fetch(press.url, { method: "POST", body: body(press), headers: { "HX-Request": "true" } });
      state.again = window.reflexe.again(answer);
      if (answer.ok) taken(press, await answer.text());
      else if ([403, 404, 409, 422].includes(answer.status)) refused(press, await answer.text());
      else if (state.again) return "many";
      else return [400, 401].includes(answer.status) ? "session" : "out";
      return "";
    };
    const flush = async () => {
      if (isSending || !key() || !read().length) return;
      isSending = true;
      if (Date.now() >= state.again) state.why = "";
      while (!state.why && read().length) {
        const [press] = read();
        state.why = await send(press).catch(() => "out");
        if (!state.why) write(read().filter((one) => one.id !== press.id));
        // The site may have it: its answer alone may be lost.
        if (state.why === "out") write(read().map((one) => (one.id === press.id ? { ...one, isTried: true } : one)));
      }
      isSending = false;
      tell();
      clearTimeout(state.timer);
      if (state.why) state.timer = setTimeout(flush, Math.max(AGAIN, state.again - Date.now()));
    };
    window.addEventListener("online", flush);
    window.reflexe.onArrival(flush);
    return {
      read,
      flush,
      tell,
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
