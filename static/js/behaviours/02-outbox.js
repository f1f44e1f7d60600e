// Presses wait in this browser, the oldest first, until the site has them; where it forbids the store, in this page.
// window.reflexe.outbox(key, { body, taken, refused, show }): key() names the store ("": none), body(press) is sent,
// taken and refused (press, html, status) hear what became of it; one that is changed to be held stays, unsent.
// show(why, again) tells how it stands after each round, which begins again while one waits: "out" (no network),
// "session" (it ended), "later" (asked at `again`, not before), or "".
(() => {
  const AGAIN = 10000;
  window.reflexe.outbox = (key, { body, taken, refused, show }) => {
    // Where the store is forbidden, or full.
    let memory = null;
    let sending = "";
    const state = { why: "", again: 0, timer: null };
    const tell = () => show(state.why, state.again);
    const read = () => {
      try {
        return memory || JSON.parse(localStorage.getItem(key())) || [];
      } catch {
        return [];
      }
    };
    const write = (presses) => {
      try {
        localStorage.setItem(key(), JSON.stringify(presses));
        memory = null;
      } catch {
        memory = presses; // This page keeps them, and no other.
      }
    };
    const send = async (press) => {
      const sent = { body: await body(press), headers: { "HX-Request": "true" } };
      const answer = await fetch(press.url, { method: "POST", ...sent });
      state.again = window.reflexe.again(answer);
      if (answer.ok) taken(press, await answer.text());
      else if (state.again) return "later";
      else if ([400, 401].includes(answer.status)) return "session";
      else if (answer.status >= 500) return "out";
      else refused(press, await answer.text(), answer.status);
      return "";
    };
    const next = () => read().find((press) => !press.held);
    const flush = async () => {
      if (sending || !key() || !next()) return;
      state.why = Date.now() >= state.again ? "" : state.why;
      while (!state.why && next()) {
        const press = next();
        sending = press.id;
        const isOnline = navigator.onLine;
        state.why = await send(press).catch(() => "out");
        if (!state.why) write(read().filter((one) => one.id !== press.id || one.held));
        // The site may have it, unless there was no network at all: its answer alone may be lost.
        const isTried = state.why === "out" && isOnline;
        if (isTried) write(read().map((one) => (one.id === press.id ? { ...one, isTried } : one)));
      }
      sending = "";
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
      change: (matches, act) => write(read().map((press) => (matches(press) ? { ...press, ...act(press) } : press))),
      // Take back those that match, but for the one that is on its way, and return them.
      takeBack(matches) {
        const taken = read().filter((press) => press.id !== sending && matches(press));
        write(read().filter((press) => !taken.some((one) => one.id === press.id)));
        return taken;
      },
    };
  };
})();
