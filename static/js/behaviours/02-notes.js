// window.reflexe.notes: what notes.js writes to the site, and does with the answers; window.reflexe.stores names the
// store of a tab, and hands over what others left.
(() => {
  const LEFT = 60000;
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
  window.reflexe.stores = {
    // What was left in the stores of these names is handed over, unless it is so recent that its tab may be open.
    adopt(isTheirs, add) {
      try {
        Object.keys(localStorage).filter(isTheirs).forEach((name) => {
          const presses = JSON.parse(localStorage.getItem(name)) || [];
          if (presses.some((press) => Date.now() - press.at < LEFT)) return;
          localStorage.removeItem(name);
          presses.forEach(add);
        });
      } catch { /* This browser keeps nothing. */ }
    },
    // Each tab has a store of its own, since each goes on from what it read.
    tab(name) {
      try {
        sessionStorage.notes ||= name;
        return sessionStorage.notes;
      } catch {
        return name;
      }
    },
  };
})();
