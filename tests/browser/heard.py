"""What a person is shown and told after an act: where the message stands, what has the focus, what a screen reader says."""

from playwright.sync_api import Page, expect

MESSAGE = "#flashes > .notice"
# Notes what a screen reader says by itself: what takes the focus, and what changes in a region that says its changes.
LISTEN = r"""
window.heard = [];
const hear = (node) => window.heard.push(node.textContent.replace(/\s+/g, " ").trim());
addEventListener("focusin", (event) => hear(event.target));
document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  new MutationObserver((changes) => {
    const places = changes.map((one) => (one.target.closest ? one.target : one.target.parentElement));
    const regions = new Set(places.map((place) => place?.closest("[role=status], [role=alert], [aria-live]")));
    regions.forEach((region) => { if (region?.textContent.trim()) hear(region); });
  }).observe(document, {subtree: true, childList: true, characterData: true});
});
"""
# What is wrong with the first message: that it is not whole in the window, or that something stands before it.
WRONG_MESSAGE = f"""() => {{
  const node = document.querySelector("{MESSAGE}");
  if (!node) return "no message";
  const box = node.getBoundingClientRect(), at = JSON.stringify([box.top, box.bottom, innerHeight]);
  if (box.top < -1 || box.bottom > innerHeight + 1 || box.left < 0 || box.right > innerWidth) return "out of sight: " + at;
  const front = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return node.contains(front) ? "" : "behind something: " + at;
}}"""
# What is wrong with what has the focus: that nothing has it, or that its beginning is out of sight or under the message.
WRONG_FOCUS = """() => {
  const node = document.activeElement, box = node.getBoundingClientRect();
  if (node === document.body) return "nothing has the focus";
  const bar = node.closest("#flashes") ? null : document.querySelector("#flashes:not(:empty)")?.getBoundingClientRect();
  const first = Math.max(0, bar?.bottom ?? 0), at = JSON.stringify([box.top, box.bottom, first, innerHeight]);
  return box.top < first - 1 || box.top > innerHeight - 10 ? node.outerHTML.slice(0, 90) + " is out of sight: " + at : "";
}"""


def listen(page: Page) -> Page:
    """Note, from the next page on, what a screen reader says by itself."""
    page.add_init_script(LISTEN)
    return page


def expect_message(page: Page, text: str, focus: str = "") -> None:
    """Expect a message in sight, and the focus on what changed (a selector), else on the message."""
    expect(page.locator(MESSAGE).first).to_contain_text(text)
    expect(page.locator(focus or MESSAGE).first).to_be_focused()
    wrong = page.evaluate(WRONG_MESSAGE) or page.evaluate(WRONG_FOCUS)
    if wrong:
        raise AssertionError(f"{page.url}: {wrong}")


def expect_said_once(page: Page, text: str) -> None:
    """Expect a screen reader to say something by itself, once."""
    words = " ".join(text.split())
    page.wait_for_function("(words) => window.heard.some((one) => one.includes(words))", arg=words)
    page.wait_for_timeout(200)
    heard: list[str] = page.evaluate("window.heard")
    if sum(words in one for one in heard) != 1:
        raise AssertionError(f"{page.url}: {heard}")
