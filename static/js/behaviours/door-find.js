// [data-door][data-whole] has the whole list of a door: .search finds in it while one types, without the network.
// data-find of a row holds the folded words of a name and a code; each word that is typed begins one of them. Where
// nobody is found, [data-nobody] shows.
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  document.addEventListener("input", ({ target }) => {
    const door = target.closest("[data-whole]");
    if (!door || !target.closest(".search")) return;
    door.querySelectorAll("[data-find]").forEach((row) => {
      row.hidden = !words(target.value).every((start) => ` ${row.dataset.find}`.includes(` ${start}`));
    });
    const nobody = door.querySelector("[data-nobody]");
    if (nobody) nobody.hidden = Boolean(door.querySelector("[data-find]:not([hidden])"));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.closest("[data-whole] .search")) event.preventDefault();
  });
})();
