// fieldset[data-besides=ID]: the box of what is chosen in the select ID is not offered again.
(() => {
  const show = (group, choose) => {
    const chosen = document.getElementById(group.dataset.besides)?.value;
    group.querySelectorAll("input[type=checkbox]").forEach((box) => {
      const isChosen = box.value === chosen;
      if (isChosen && choose) box.checked = false;
      box.closest("label").hidden = isChosen && !box.checked;
    });
  };
  document.addEventListener("change", ({ target }) => {
    const group = target.id && document.querySelector(`[data-besides="${CSS.escape(target.id)}"]`);
    if (group) show(group, true);
  });
  window.reflexe.onArrival((root) => root.querySelectorAll("[data-besides]").forEach((group) => show(group, false)));
})();
