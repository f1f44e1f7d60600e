// [data-beam=URL]: the wall of a forum on the screen of the hall. It has the hour ([data-clock], in data-zone) and
// turns its pages ([data-page]) unless space or [data-turn] stopped them (data-turns, data-stopped). It asks for
// itself again, without cookies where everybody may read it (data-open); without a network, or where the site asks
// to wait, it stays, and says since when (data-out, data-later) in [data-beam-state].
(() => {
  const [TURN, ASK, TICK] = [20000, 10000, 1000];
  const beam = () => document.querySelector("[data-beam]");
  const button = () => document.querySelector("[data-turn]");
  const state = { page: 0, isStopped: false, turnedAt: 0, askedAt: 0, seenAt: 0, again: 0, html: "" };
  const hour = (at) => window.reflexe.hour(at, beam().dataset.zone);
  const write = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };
  const show = () => {
    const pages = [...beam().querySelectorAll("[data-page]")];
    state.page %= Math.max(pages.length, 1);
    pages.forEach((page, n) => { page.hidden = n !== state.page; });
    button().hidden = pages.length < 2;
    const words = state.isStopped ? beam().dataset.stopped : beam().dataset.turns;
    write(button(), words.replace("{n}", state.page + 1).replace("{total}", pages.length));
  };
  const tell = (isOut) => {
    const { out, later, zone } = beam().dataset;
    const { seenAt, again } = state;
    const words = isOut ? window.reflexe.fill(again > Date.now() ? later : out, { hour: seenAt, again }, zone) : "";
    write(document.querySelector("[data-beam-state]"), words);
  };
  // Whoever stands on a link of it is not taken off it.
  const take = (html) => {
    if (html === state.html || beam().contains(document.activeElement)) return;
    state.html = html;
    beam().innerHTML = html;
    show();
  };
  const ask = async () => {
    const { beam: url, open } = beam().dataset;
    const credentials = open === undefined ? "same-origin" : "omit";
    const answer = await fetch(url, { credentials, cache: "no-cache", headers: { "HX-Request": "true" } });
    // It is not there any more, or no more for everybody: the page says so in its own words.
    if (answer.status === 404) location.reload();
    state.again = window.reflexe.again(answer);
    if (!answer.ok) throw new Error(answer.status);
    take(await answer.text());
    state.seenAt = Date.now();
  };
  const tick = () => {
    const now = Date.now();
    write(document.querySelector("[data-clock]"), hour(now));
    if (!state.isStopped && now - state.turnedAt >= TURN) {
      Object.assign(state, { page: state.page + 1, turnedAt: now });
      show();
    }
    if (document.hidden || now - state.askedAt < ASK || now < state.again) return;
    state.askedAt = now;
    ask().then(() => tell(false), () => tell(true));
  };
  const toggle = () => {
    Object.assign(state, { isStopped: !state.isStopped, turnedAt: Date.now() });
    show();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-turn]")) toggle();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !beam() || event.target.closest("button, a")) return;
    event.preventDefault();
    toggle();
  });
  window.reflexe.onArrival(() => {
    if (!beam() || state.seenAt) return;
    const now = Date.now();
    Object.assign(state, { turnedAt: now, askedAt: now, seenAt: now });
    const first = [...beam().querySelectorAll("[data-page]")].findIndex((page) => !page.hidden);
    state.page = Math.max(first, 0);
    show();
    tick();
    setInterval(tick, TICK);
  });
})();
