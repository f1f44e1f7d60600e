// window.reflexe.notes: what notes.js writes to the site, and does with the answers.
(() => {
  const clean = (text) => text.normalize("NFC").replace(/\s+$/gm, "").trim();
  window.reflexe.notes = {
    read(form) {
      const { csrf_token: _token, ...fields } = Object.fromEntries(new FormData(form));
      return fields;
    },
    // Say how it stands: what was refused comes first, then what waits, and since when; `why` is that of the outbox.
    tell(presses, words, why) {
      const held = presses.find((press) => press.held);
      const first = presses.find((press) => !press.held);
      if (held) return `${words.refused} ${held.held}`;
      if (!first || why === "session") return first ? words.session : "";
      if (why !== "out" && navigator.onLine) return words.typing;
      return words.out.replace("{hour}", window.reflexe.hour(first.at, words.zone));
    },
    // Take what a text has become: in the field where nothing was typed since (isUntouched), else as its base.
    take(form, answer, isMine, isUntouched) {
      const { text: field, number, is_own: isOwn } = form.elements;
      // What another tab of the same person sent may have had its answer before this page was read.
      if (!isMine && answer.number < Number(number.value)) return;
      const isOurs = clean(answer.text) === clean(field.value);
      if (isUntouched && !isOurs) window.reflexe.notes.put(field, answer.text);
      if (!isMine && !isUntouched) return;
      number.value = answer.number;
      isOwn.value = isMine && (isOurs || !isUntouched) ? "1" : "";
    },
    // The words that others wrote come where they are, and the caret stays where it was among the words.
    put(field, text) {
      const [old, caret] = [field.value, field.selectionStart];
      let same = 0;
      while (same < old.length && old[same] === text[same]) same += 1;
      field.value = text;
      const place = caret <= same ? caret : Math.max(same, text.length - (old.length - caret));
      if (document.activeElement === field) field.setSelectionRange(place, place);
    },
    // What the server drew takes the place of the former drawing, unless somebody is about to choose in it.
    draw(place, html) {
      if (!place.contains(document.activeElement)) place.innerHTML = html;
    },
    drawClashes(answer) {
      const place = document.querySelector("[data-notes-clashes]");
      window.reflexe.notes.draw(place, answer.clashes);
      if (answer.has_clash) window.reflexe.say(place.querySelector("b").textContent);
    },
    // A line that is wrong goes back in its form, if nothing else is typed there.
    giveBack(press) {
      const form = document.querySelector("form[data-note-line]");
      if (!form || form.elements.text.value) return false;
      const { texts, write, choose } = window.reflexe.fields;
      choose(form, Object.entries(press.fields));
      texts(form).forEach((field) => write(field, press.fields[field.name] || "", "input"));
      form.elements.text.focus();
      return true;
    },
    readWhy(text, status) {
      try {
        return JSON.parse(text).error;
      } catch {
        const page = new DOMParser().parseFromString(text, "text/html").body;
        return page.querySelector("p.lead, body > p")?.textContent.trim() || String(status);
      }
    },
    write(press, box) {
      const own = { form_key: press.id, mine: box.dataset.mine, csrf_token: box.querySelector("input").value };
      return new URLSearchParams({ ...press.fields, ...own });
    },
  };
})();
