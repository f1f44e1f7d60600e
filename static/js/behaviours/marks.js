// [data-marks=KEY]: what a participant presses in a forum (form[data-mark]: interest, being there, a pause) is marked
// at once, and waits in this browser until the site has it; presses go one by one, in their order, in the name of who
// made them. data-waits, -session, -later, -refused, -sent and -other-person are the words (hours are in data-zone);
// [data-marks-state] says how it stands, [data-take-back] takes back what waits.
(() => {
  const box = () => document.querySelector("[data-marks]");
  const key = () => box() && `marks:${box().dataset.marks}`;
  const button = () => document.querySelector("[data-take-back]");
  const forms = () => [...document.querySelectorAll("form[data-mark]")];
  let said = "";
  const address = (form) => new URL(form.dataset.mark, location.href).href;
  // A toggle (form[data-mark=ADDRESS of the contrary]) offers the contrary at once.
  const toggle = (form) => {
    const [label, pressed] = [form.querySelector("[data-label]"), form.querySelector("[aria-pressed]")];
    if (!pressed) return;
    const { mark, otherLabel } = form.dataset;
    Object.assign(form.dataset, { mark: form.action, otherLabel: label.textContent });
    form.setAttribute("action", mark);
    label.textContent = otherLabel;
    pressed.setAttribute("aria-pressed", String(pressed.getAttribute("aria-pressed") !== "true"));
  };
  const mark = (press) => forms().filter((form) => form.action === press.url).forEach(toggle);
  const unmark = (press) => forms().filter((form) => address(form) === press.url).forEach(toggle);
  const show = (why, again) => {
    const presses = outbox.read();
    const { zone, waits, session, later } = box().dataset;
    const words = { session, later }[why] || waits;
    const what = presses.map((press) => press.label).join(", ");
    const told = presses.length && window.reflexe.fill(words, { hour: presses[0].at, again }, zone);
    const state = presses.length ? `${told.replace("{what}", what)} ${said}` : said;
    const place = document.querySelector("[data-marks-state]");
    if (place.textContent !== state) place.textContent = state;
    button().hidden = !presses.length;
    if (presses.length || said) window.reflexe.uncover();
  };
  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const body = ({ fields }) => {
    const token = box().querySelector("[name=csrf_token]").value;
    return new URLSearchParams({ ...fields, csrf_token: token });
  };
  // The answer has what the press changed: how many are interested, or the page of the present hour.
  const taken = (press, html) => {
    if (!button().hidden) said = box().dataset.sent;
    const answer = parse(html);
    window.reflexe.say(answer.querySelector("#flashes p")?.textContent || "");
    answer.querySelectorAll("[data-piece=now], [data-piece^=count]").forEach((fresh) => {
      const former = document.querySelector(`[data-piece="${fresh.dataset.piece}"]`);
      if (former) window.reflexe.putOwn(former, fresh, "now");
    });
  };
  const refused = (press, html) => {
    unmark(press);
    said = `${box().dataset.refused} ${parse(html).querySelector("p.lead, body > p").textContent}`;
  };
  const outbox = window.reflexe.outbox(key, { body, taken, refused, show });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-mark]") || !box()) return;
    event.preventDefault();
    said = "";
    const { csrf_token: _token, ...fields } = Object.fromEntries(new FormData(form));
    const label = event.submitter.textContent.replace(/\s+/g, " ").trim();
    const press = { id: outbox.newId(), url: form.action, at: Date.now(), label, fields };
    const contrary = form.dataset.mark && address(form);
    toggle(form);
    // What waits is taken back by the contrary press, which follows what the site may have already.
    const isTakenBack = outbox.takeBack((one) => one.url === contrary && !one.isTried).length;
    if (!isTakenBack) outbox.add(press);
    if (isTakenBack || !navigator.onLine) outbox.tell();
    outbox.flush();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-take-back]")) return;
    outbox.takeBack(() => true).reverse().forEach(unmark);
    outbox.tell();
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
