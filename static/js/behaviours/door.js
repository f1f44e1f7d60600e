// [data-door=KEY]: presses at the door of a meeting wait in this browser, each with its own key and its hour, until the
// site has them; they go one by one, in their order. form[data-press=ID of a row, or nothing] is one. data-waits, -out,
// -session, -later, -refused, -sent and -one-more are the words; [data-door-state] says how it stands.
(() => {
  const TWICE = 1500;
  const door = () => document.querySelector("[data-door]");
  const list = () => document.getElementById("guests");
  const row = (press) => document.getElementById(press.row);
  const fill = (words, press, n, again) => {
    const { [words]: told, zone } = door().dataset;
    return window.reflexe.fill(told, { hour: press.at, again }, zone).replace("{n}", n);
  };
  // A press is told in its row, whose form then offers the contrary; who is not in the list gets a row.
  const tell = (press, words) => {
    const place = row(press)?.querySelector("[data-hour]");
    if (!row(press)) list().prepend(Object.assign(document.createElement("li"), { id: press.row }));
    if (place) place.parentElement.hidden = false;
    (place || row(press)).textContent = place ? words : `${press.name || door().dataset.oneMore} – ${words}`;
    const form = row(press).querySelector("[data-press]");
    if (form?.action !== press.url) return;
    const label = form.querySelector("[data-label]");
    [form.action, form.dataset.other] = [form.dataset.other, form.action];
    [label.textContent, form.dataset.otherLabel] = [form.dataset.otherLabel, label.textContent];
    label.parentElement.classList.toggle("is-plain");
    form.elements.key.value = press.key;
  };
  const show = (why, again) => {
    const presses = outbox.read();
    presses.forEach((press) => tell(press, fill("waits", press)));
    const words = presses.length ? fill(why || "out", presses[0], presses.length, again) : door().dataset.sent;
    document.querySelector("[data-door-state]").textContent = words;
  };
  const taken = (press, html) => {
    if (row(press)?.matches(":not(.guest)")) row(press).remove();
    [...new DOMParser().parseFromString(html, "text/html").body.children].forEach((part) => {
      if (part.id === "flashes") {
        // It is said, and not shown: a bar above the list would move the rows under a thumb.
        window.reflexe.say(part.querySelector("p").textContent);
        return;
      }
      const former = document.getElementById(part.id);
      const hasFocus = former?.contains(document.activeElement);
      if (former) former.replaceWith(part);
      else list().prepend(part);
      if (hasFocus) part.focus();
    });
  };
  const body = (press) => {
    const waited = Math.round((Date.now() - press.at) / 1000);
    const token = door().querySelector("[name=csrf_token]").value;
    return new URLSearchParams({ name: press.name, key: press.key, waited, csrf_token: token });
  };
  const refused = (press) => tell(press, door().dataset.refused);
  const key = () => door() && `door:${door().dataset.door}`;
  const outbox = window.reflexe.outbox(key, { body, taken, refused, show });
  // The second tap of a double one would undo the first: the row offers the contrary at once.
  const last = { row: "", at: 0 };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-door] form[data-press]")) return;
    event.preventDefault();
    if (form.dataset.press && form.dataset.press === last.row && Date.now() - last.at < TWICE) return;
    Object.assign(last, { row: form.dataset.press, at: Date.now() });
    const id = outbox.newId();
    const typed = form.elements.namedItem("name");
    const own = form.dataset.press && form.elements.key.value;
    const place = form.dataset.press || `waits-${id}`;
    const press = { id, url: form.action, key: own || id, at: Date.now(), row: place, name: typed?.value || "" };
    if (typed) typed.value = "";
    outbox.add(press);
    tell(press, fill("waits", press));
    outbox.flush();
  });
})();
