// [data-marks=KEY]: what a participant presses in a forum (form[data-mark]: interest, being there, a pause) is marked
// at once, and waits in this browser until the site has it; presses go one by one, in their order, in the name of who
// made them. data-waits, -session, -refused, -sent and -other-person are the words (hours are in data-zone);
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
  const show = (why) => {
    const presses = outbox.read();
    const what = presses.map((press) => press.label).join(", ");
    const hour = presses.length && window.reflexe.hour(presses[0].at, box().dataset.zone);
    const words = box().dataset[why === "session" ? why : "waits"].replace("{what}", what).replace("{hour}", hour);
    document.querySelector("[data-marks-state]").textContent = presses.length ? `${words} ${said}` : said;
    button().hidden = !presses.length;
    if (presses.length) window.reflexe.uncover();
  };
  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;
  // What one said of an hour changes the page of the present hour, which comes with the answer.
  const take = (answer) => {
    window.reflexe.say(answer.querySelector("#flashes p")?.textContent || "");
    const [fresh, former] = [answer, document].map((one) => one.querySelector("[data-piece=now]"));
    if (!fresh || !former) return;
    window.reflexe.putOwn(former, fresh, "now");
  };
  const send = async (press) => {
    const body = new URLSearchParams({ ...press.fields, csrf_token: box().querySelector("[name=csrf_token]").value });
    const answer = await fetch(press.url, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.ok) {
      if (!button().hidden) said = box().dataset.sent;
      take(parse(await answer.text()));
    } else if ([403, 404, 409, 422].includes(answer.status)) {
      unmark(press);
      said = `${box().dataset.refused} ${parse(await answer.text()).querySelector("p.lead, body > p").textContent}`;
    } else return [400, 401].includes(answer.status) ? "session" : "out";
    return "";
  };
  const outbox = window.reflexe.outbox(key, send, show);
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
    // What waits is taken back by the contrary press.
    if (!outbox.takeBack((one) => one.url === contrary).length) outbox.add(press);
    if (!navigator.onLine) show("");
    outbox.flush();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-take-back]")) return;
    outbox.takeBack(() => true).reverse().forEach(unmark);
    show("");
  });
  window.reflexe.onArrival(() => {
    if (!box()) return;
    const [forum] = box().dataset.marks.split(":");
    try {
      const others = Object.keys(localStorage).filter((name) => name.startsWith(`marks:${forum}:`) && name !== key());
      if (others.some((name) => JSON.parse(localStorage.getItem(name)).length)) said = box().dataset.otherPerson;
      others.forEach((name) => localStorage.removeItem(name));
    } catch { /* This browser keeps nothing. */ }
    window.reflexe.ownCounts();
    outbox.read().forEach(mark);
    show("");
  });
})();
