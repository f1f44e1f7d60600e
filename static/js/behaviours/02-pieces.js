// window.reflexe.patch(root, fresh) puts what was asked for anew in a page: each [data-piece] takes the place of that
// of the same name, and one that is new comes last in its [data-list]. What holds the focus, something open, or
// something of the reader's own ([data-own]) stays as it is. It returns whether the page shows all of it now.
// window.reflexe.ownCounts(fresh, former) says that each [data-counted=KEY] in `fresh` has just been read with the
// reader's own press: for as long as everybody's number ([data-count]) may not have it yet, a lower one does not take
// its place, nor a higher one where it became less than in `former`.
(() => {
  const FOLDED = 75000;
  const own = new Map();
  const countedIn = (whole) => [...whole.querySelectorAll("[data-counted]")];
  const find = (whole, { dataset: { counted } }) => whole.querySelector(`[data-counted="${counted}"]`);
  const lessBy = (one, other) => Number(other.dataset.count) - Number(one.dataset.count);
  const isAhead = (mine, theirs) => {
    const { at, isLess } = own.get(mine.dataset.counted) || { at: -FOLDED };
    return performance.now() - at < FOLDED && (isLess ? lessBy(mine, theirs) : lessBy(theirs, mine)) > 0;
  };
  const keepCounts = (old, fresh) => countedIn(fresh).forEach((theirs) => {
    const mine = find(old, theirs);
    if (mine && isAhead(mine, theirs)) theirs.replaceWith(mine.cloneNode(true));
  });
  const pieces = (whole) => {
    const found = [...whole.querySelectorAll("[data-piece]")];
    const isOuter = (one) => !found.some((other) => other !== one && other.contains(one));
    return new Map(found.filter(isOuter).map((one) => [one.dataset.piece, one]));
  };
  const hasFocus = (one) => one.contains(document.activeElement);
  const isPublic = (one) => !one.matches("[data-live]") && !one.querySelector("[data-own], details[open]");
  const listOf = (one) => one.parentElement.dataset.list;
  const add = (one) => {
    const list = document.querySelector(`[data-list="${listOf(one)}"]`);
    if (!listOf(one) || !list) return false;
    list.append(one);
    list.hidden = false;
    // Whoever presses ([data-marks]) finds their own press there once the page is read again.
    const marks = document.querySelector("[data-marks]");
    if (marks) marks.dataset.more = "1";
    return true;
  };
  const remove = (one) => {
    if (!listOf(one) || hasFocus(one)) return false;
    one.remove();
    return true;
  };
  const replace = (old, fresh) => {
    if (!isPublic(old) || hasFocus(old)) return false;
    old.replaceWith(fresh);
    const words = fresh.dataset.piece === "announcement" && fresh.textContent.trim();
    if (words) window.reflexe.say(words);
    return true;
  };
  const patch = (old, fresh) => {
    if (old.isEqualNode(fresh)) return true;
    const [mine, theirs] = [pieces(old), pieces(fresh)];
    if (!mine.size || !theirs.size) return replace(old, fresh);
    const gone = [...mine].filter(([name]) => !theirs.has(name)).map(([, one]) => remove(one));
    const shown = [...theirs].map(([name, one]) => (mine.has(name) ? patch(mine.get(name), one) : add(one)));
    return [...gone, ...shown].every(Boolean) || replace(old, fresh);
  };
  window.reflexe.ownCounts = (fresh, former = fresh) => {
    const at = performance.now();
    countedIn(fresh).forEach((one) => {
      const before = find(former, one);
      own.set(one.dataset.counted, { at, isLess: Boolean(before) && lessBy(one, before) > 0 });
    });
  };
  // Whoever went on while a press waited stays where they are; where that is there no more, the focus goes to an id.
  window.reflexe.putOwn = (former, fresh, id) => {
    const focused = hasFocus(former) && document.activeElement;
    const goal = (one) => one.form?.action || one.href;
    window.reflexe.ownCounts(fresh, former);
    former.replaceWith(fresh);
    if (!focused) return;
    const same = [...fresh.querySelectorAll("a, button")].find((one) => goal(one) === goal(focused));
    if (same) same.focus({ preventScroll: true });
    else document.getElementById(id).focus();
  };
  // What is said at the foot of the screen does not hide what has the focus.
  window.reflexe.uncover = () => {
    if (document.activeElement !== document.body) document.activeElement.scrollIntoView({ block: "nearest" });
  };
  window.reflexe.patch = (root, fresh) => {
    keepCounts(root, fresh);
    return patch(root, fresh);
  };
})();
