// [data-live=URL]: what changes on a page of a forum, asked for again while the page is seen, without cookies where
// everybody may read it (data-open). [data-changed] says that there is more to see, which [data-again] shows; with
// data-held nothing changes under the reader. [data-live-state] says since when the network is gone (data-out), or that
// the site asks to wait (data-later), and when it is asked again.
(() => {
  const ASK = 10000;
  const root = () => document.querySelector("[data-live]");
  const state = { timer: null, seenAt: Date.now(), again: 0, first: "", isOver: false };
  const show = (hasMore) => {
    const line = document.querySelector("[data-changed]");
    if (hasMore && line.hidden) window.reflexe.say(line.querySelector("p").firstChild.textContent.trim());
    line.hidden = !hasMore;
  };
  const take = (html) => {
    state.first ||= html;
    const isHeld = root().matches("[data-held]");
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    const isWhole = isHeld ? html === state.first : window.reflexe.patch(root(), fresh);
    show(!isWhole || document.querySelector("[data-more]"));
  };
  const ask = async () => {
    const { live: url, open } = root().dataset;
    const credentials = open === undefined ? "same-origin" : "omit";
    const answer = await fetch(url, { credentials, cache: "no-cache", headers: { "HX-Request": "true" } });
    // It is there no more, or not for everybody: the page that is asked for anew says so in its own words.
    state.isOver = [401, 403, 404].includes(answer.status);
    if (state.isOver) return show(true);
    state.again = window.reflexe.again(answer);
    if (!answer.ok) throw new Error(answer.status);
    take(await answer.text());
    state.seenAt = Date.now();
    return null;
  };
  const tell = (isOut) => {
    const { out, later, zone } = root().dataset;
    const { seenAt: hour, again } = state;
    const words = isOut ? window.reflexe.fill(again > Date.now() ? later : out, { hour, again }, zone) : "";
    const place = document.querySelector("[data-live-state]");
    if (place.textContent === words) return;
    place.textContent = words;
    if (isOut) window.reflexe.uncover();
  };
  const go = async () => {
    clearTimeout(state.timer);
    if (document.hidden || state.isOver) return;
    if (Date.now() >= state.again) await ask().then(() => tell(false), () => tell(true));
    clearTimeout(state.timer);
    state.timer = setTimeout(go, Math.max(ASK, state.again - Date.now()));
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-again]")) location.reload();
  });
  window.reflexe.onArrival((whole) => {
    if (whole !== document || !root()) return;
    document.addEventListener("visibilitychange", go);
    window.addEventListener("online", go);
    // What is chosen on a page that is held stands on what was asked for first.
    if (root().matches("[data-held]")) go();
    else state.timer = setTimeout(go, ASK);
  });
})();
