// form[data-ballot]: before it leaves the page, the network is asked for, by the styles of the page. Where it does not
// answer, the page stays as it is, and [data-unsent] says so where one pressed.
(() => {
  const PATIENCE = 8000;
  let isAsking = false;
  const ask = () => {
    const { href } = document.querySelector("link[rel=stylesheet]");
    return fetch(href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  };
  const tell = (form, words, place) => {
    (place || form).append(words);
    words.hidden = false;
    words.scrollIntoView({ block: "nearest" });
    window.reflexe.say(words.textContent.trim());
  };
  const send = async (button) => {
    const { form } = button;
    const words = form.querySelector("[data-unsent]");
    const place = [button, document.activeElement].map((one) => one.closest(".ballot li")).find(Boolean);
    words.hidden = true;
    isAsking = true;
    const isReached = await ask().then(() => true, () => false);
    isAsking = false;
    if (isReached) form.requestSubmit(button);
    else tell(form, words, place);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("form[data-ballot] button[type=submit]");
    if (!button) return;
    event.preventDefault();
    if (!isAsking) send(button);
  });
})();
