// input[list][data-several]: its list suggests for the last of several words separated by commas.
(() => {
  const known = new WeakMap();
  const suggest = (field) => {
    const { list } = field;
    if (!list) return;
    if (!known.has(list)) known.set(list, [...list.options].map((option) => option.value));
    const words = field.value.split(",").slice(0, -1).map((word) => word.trim()).filter(Boolean);
    const before = words.map((word) => `${word}, `).join("");
    if (list.dataset.before === before) return;
    list.dataset.before = before;
    list.replaceChildren(...known.get(list).filter((word) => !words.includes(word)).map((word) => {
      const option = document.createElement("option");
      option.value = before + word;
      return option;
    }));
  };
  document.addEventListener("input", ({ target }) => {
    if (target.matches("input[data-several]")) suggest(target);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("input[data-several]")) suggest(target);
  });
})();
