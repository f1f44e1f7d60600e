// [data-notes=FORUM:TOPIC]: what [data-mine] writes in the notes of a session. A text (form[data-note-text]) is saved
// three seconds after the last word, at most once in five; a line (form[data-note-line]) once it is added. What waits
// stays here, a text with its base. [data-notes-state] says so (data-typing, -out, -session, -refused, -parts).
(() => {
  const [QUIET, PACE, PAGE] = [3000, 5000, String(Math.random())];
  const { read, tell, take, draw, drawClashes, giveBack, readWhy, write } = window.reflexe.notes;
  const { adopt, tab, own } = window.reflexe.stores;
  let [said, timer, sentAt] = ["", null, -PACE];
  const box = () => document.querySelector("[data-notes]");
  const prefix = (who) => `notes:${box().dataset.notes}:${who}:`;
  const key = () => box() && prefix(box().dataset.mine) + tab(PAGE);
  const forms = () => [...document.querySelectorAll("form[data-note-text]")];
  const show = (why) => {
    const text = tell(outbox.read(), box().dataset, why) || said;
    const state = document.querySelector("[data-notes-state]");
    if (state.textContent !== text) state.textContent = text;
    if (text !== said && why) window.reflexe.uncover();
  };
  const isThis = (press) => (one) => one.id === press.id;
  const isNext = (press) => (one) => one.part === press.part && one.page === press.page && one.id !== press.id;
  const takeText = (press, answer) => {
    const form = forms().find((one) => one.elements.part.value === press.part);
    if (answer.late || !form) return;
    const isMine = press.page === PAGE;
    const hasMore = outbox.read().some(isNext({ ...press, page: PAGE }));
    take(form, answer, isMine, isMine ? form.elements.text.value === press.fields.text : !hasMore);
    outbox.change(isNext(press), (one) => ({ fields: { ...one.fields, number: answer.number, is_own: "1" } }));
    drawClashes(answer);
    if (answer.parts > forms().length) said += ` ${box().dataset.parts}`;
  };
  const refused = (press, html, status) => {
    const why = readWhy(html, status);
    mine.forget(press);
    if (press.part && outbox.read().some(isNext(press))) return;
    if (!press.part && status === 422 && giveBack(press)) said = why;
    else outbox.change(isThis(press), () => ({ held: why, tried: false }));
  };
  const body = async (press) => {
    const rest = press.part ? Math.max(0, sentAt + PACE - performance.now()) : 0;
    if (rest) await new Promise((done) => { setTimeout(done, rest); });
    if (press.part) sentAt = performance.now();
    outbox.change(isThis(press), () => ({ tried: true }));
    return write(press, box());
  };
  const taken = (press, html) => {
    const found = JSON.parse(html);
    said = found.said;
    mine.forget(press);
    if (press.part) takeText(press, found);
    else if (found.lines) draw(document.querySelector("[data-notes-lines]"), found.lines);
  };
  const outbox = window.reflexe.outbox(key, { body, taken, refused, show });
  const mine = own(key, outbox, PAGE);
  const noteText = (form) => {
    const fields = read(form);
    mine.keep();
    const [former] = outbox.takeBack((one) => one.part === fields.part && one.page === PAGE && !one.tried);
    mine.add({ url: box().dataset.url, part: fields.part, fields, ...(former ? { at: former.at } : {}) }, former);
  };
  const noteLine = (form) => {
    mine.add({ url: form.action, fields: read(form) });
    form.reset();
    window.reflexe.fields.write(form.elements.text, "", "input");
    form.elements.kind.focus();
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-note-text]");
    if (!form || !box()) return;
    noteText(form);
    show("");
    clearTimeout(timer);
    timer = setTimeout(outbox.flush, Math.max(QUIET, sentAt + PACE - performance.now()));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!box() || !form.matches("form[data-note-text], form[data-note-line]")) return;
    event.preventDefault();
    (form.matches("[data-note-line]") ? noteLine : noteText)(form);
    show("");
    outbox.flush();
  });
  window.reflexe.onArrival((whole) => {
    if (whole !== document || !box()) return;
    const owners = [box().dataset.mine, box().dataset.formerly].filter(Boolean).map(prefix);
    adopt((name) => name !== key() && owners.some((owner) => name.startsWith(owner)), outbox.add);
    outbox.change(() => true, () => ({ held: "" }));
    outbox.flush();
  });
})();
