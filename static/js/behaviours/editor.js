// [data-editor]: the tabs "write" and "preview"; the preview is the server's own rendering (data-preview-url).
(() => {
  const parts = (editor) => ({
    tabs: [...editor.querySelectorAll('[role="tab"]')],
    write: editor.querySelector('[data-pane="write"]'),
    preview: editor.querySelector('[data-pane="preview"]'),
    text: editor.querySelector("textarea"),
  });
  const render = async (editor, preview, text) => {
    const words = editor.dataset;
    if (!text.value.trim()) {
      preview.textContent = words.empty;
      return;
    }
    preview.textContent = words.loading;
    // The whole form: the preview of an idea shows its title and its places too.
    const body = new FormData(text.form);
    body.set("text", text.value);
    try {
      const answer = await fetch(words.previewUrl, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { "HX-Request": "true" },
      });
      if (!answer.ok) throw new Error(answer.status);
      preview.innerHTML = await answer.text(); // sanitized by the server, and the page's policy runs no inline script
    } catch {
      preview.textContent = words.failed;
    }
  };
  const choose = (tab) => {
    const editor = tab.closest("[data-editor]");
    const { tabs, write, preview, text } = parts(editor);
    const isPreview = tab === tabs[1];
    tabs.forEach((one) => {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
    });
    write.hidden = isPreview;
    preview.hidden = !isPreview;
    editor.classList.toggle("is-previewing", isPreview);
    if (isPreview) render(editor, preview, text);
  };
  document.addEventListener("click", (event) => {
    const tab = event.target.closest('[data-editor] [role="tab"]');
    if (tab) choose(tab);
  });
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.('[data-editor] [role="tab"]');
    if (!tab || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = parts(tab.closest("[data-editor]")).tabs.find((one) => one !== tab);
    choose(other);
    other.focus();
  });
})();
