// [data-marks=KEY]: what a participant presses in a forum (form[data-mark]: interest, being there, a pause) is marked
// at once, and waits in this browser until the site has it; presses go one by one, in their order, in the name of who
// made them. data-waits, -session, -later, -refused, -sent, -undo, -maybe and -other-person are the words (hours are in
// data-zone); [data-marks-state] says how it stands, [data-take-back] takes back what waits.
(() => {
  const box = () => document.querySelector("[data-marks]");
  const key = () => box() && `marks:${box().dataset.marks}`;
  const button = () => document.querySelector("[data-take-back]");
  const { mark, unmark, press } = window.reflexe.marks;
  let [said, hasWaited] = ["", false];
  const show = (why, again) => {
    const presses = outbox.read();
    const { zone, waits, session, later, undo: off } = box().dataset;
    const words = { session, later }[why] || waits;
    const what = presses.map(({ label, isOff }) => (isOff ? off.replace("{what}", label) : label)).join(", ");
    const told = presses.length && window.reflexe.fill(words, { hour: presses[0].at, again }, zone);
    const state = presses.length ? `${told.replace("{what}", what)} ${said}` : said;
    const place = document.querySelector("[data-marks-state]");
    if (place.textContent !== state) place.textContent = state;
    button().hidden = presses.every((one) => one.isUndo);
    hasWaited = presses.length > 0;
    if (presses.length || said) window.reflexe.uncover();
  };
  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const body = ({ fields }) => {
    const token = box().querySelector("[name=csrf_token]").value;
    return new URLSearchParams({ ...fields, csrf_token: token });
  };
  // The answer has what the press changed: how many are interested, or the page of the present hour.
  const taken = (_press, html) => {
    if (hasWaited) said = box().dataset.sent;
    const answer = parse(html);
    window.reflexe.say(answer.querySelector("#flashes p")?.textContent || "");
    answer.querySelectorAll("[data-piece=now], [data-piece^=count]").forEach((fresh) => {
      const former = document.querySelector(`[data-piece="${fresh.dataset.piece}"]`);
      if (former) window.reflexe.putOwn(former, fresh, "now");
    });
  };
  const refused = (one, html) => {
    unmark(one);
    said = `${box().dataset.refused} ${parse(html).querySelector("p.lead, body > p").textContent}`;
  };
  const outbox = window.reflexe.outbox(key, { body, taken, refused, show });
  // What the site may have already is followed by its contrary; where it has none, its reader is told.
  const undo = (one) => {
    const contrary = { ...one, id: outbox.newId(), url: one.contrary, isOff: !one.isOff, isTried: false, isUndo: true };
    if (one.contrary) return outbox.add(contrary);
    said = box().dataset.maybe.replace("{what}", one.label);
    box().dataset.more = "1";
    return null;
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-mark]") || !box()) return;
    event.preventDefault();
    said = "";
    const { csrf_token: _token, ...fields } = Object.fromEntries(new FormData(form));
    const pressed = { id: outbox.newId(), at: Date.now(), fields, ...press(form) };
    // What waits is taken back by the contrary press, which follows what the site may have already.
    const isTakenBack = outbox.takeBack((one) => one.url === pressed.contrary && !one.isTried && !one.isUndo).length;
    if (!isTakenBack) outbox.add(pressed);
    if (isTakenBack || hasWaited || !navigator.onLine) outbox.tell();
    outbox.flush();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-take-back]")) return;
    const back = outbox.takeBack((one) => !one.isUndo).reverse();
    const sent = [...outbox.read().filter((one) => !one.isUndo), ...back.filter((one) => one.isTried)];
    [...back, ...sent].forEach(unmark);
    sent.forEach(undo);
    outbox.tell();
    outbox.flush();
  });
  window.reflexe.onArrival(() => {
    if (!box()) return;
    const [forum] = box().dataset.marks.split(":");
    try {
      const others = Object.keys(localStorage).filter((name) => name.startsWith(`marks:${forum}:`) && name !== key());
      if (others.some((name) => JSON.parse(localStorage.getItem(name)).length)) said = box().dataset.otherPerson;
      others.forEach((name) => localStorage.removeItem(name));
    } catch { /* This browser keeps nothing. */ }
    window.reflexe.ownCounts(document);
    outbox.read().forEach(mark);
    // A page that has just come says it once it is there: its reader is told.
    setTimeout(outbox.tell, 100);
  });
})();
