"""A page in a real browser, and what must never happen in one."""
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# The browser says so of every answer that is an error page: a test that asks for one looks at it itself.
SAID_OF_A_PAGE = "Failed to load resource: the server responded with a status of 4"
AXE = {
    "reporter": "no-passes", "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The server of the tests gives axe as a file of the site: the browser compiles it once, not on each page.
AXE_ADDRESS = "/axe.min.js"
FILES = {AXE_ADDRESS: str(AXE_FILE_PATH)}
RUN = """async ([address, coloured, options]) => {
  if (!window.axe) {
    await new Promise((onload, onerror) =>
      document.head.append(Object.assign(document.createElement("script"), {src: address, onload, onerror})));
  }
  axe.configure({rules: [{id: "color-contrast", selector: coloured}]});
  return (await axe.run(options)).violations;
}"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# A look is all that contrast comes from, as one number: the colours and the size of a text, what is painted behind it,
# and what makes axe leave it alone (a control that is disabled, a text without a word). This returns the looks of the
# page, and keeps in `nodesByLook` the first and the last node of each: something may cover one of them.
LOOKS = r"""() => {
  const add = (sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
  const hash = (...parts) => [...parts.join()].reduce(add, 0);
  const text = (node) => [...node.childNodes].map((one) => one.data ?? "").join("").trim();
  const nothing = "rgba(0, 0, 0, 0),none,1,static,false";
  const nodes = new Map();
  window.nodesByLook = nodes;
  const walk = (node, above) => {
    const style = getComputedStyle(node);
    const words = text(node);
    const isDisabled = node.matches(":disabled, [aria-disabled=true]") || Boolean(node.control?.disabled);
    const painted = [style.backgroundColor, style.backgroundImage, style.opacity, style.position, isDisabled].join();
    const behind = painted === nothing ? above : hash(above, painted, node.className);
    if ((words || node.matches("input, select, textarea")) && node.checkVisibility({visibilityProperty: true})) {
      const isWord = /[\p{L}\p{N}]{2}/u.test(words);
      const look = hash(behind, style.color, style.fontSize, style.fontWeight, node.tagName, node.type, isWord);
      nodes.set(look, [nodes.get(look)?.[0] ?? node, node]);
    }
    for (const child of node.children) walk(child, behind);
  };
  walk(document.body, 0);
  return [...nodes.keys()];
}"""
# Mark the nodes that have one of these looks, and no others.
MARK = """(looks) => {
  document.querySelectorAll("[data-new]").forEach((one) => one.removeAttribute("data-new"));
  looks.flatMap((look) => nodesByLook.get(look)).forEach((one) => one.setAttribute("data-new", ""));
}"""
# Looks whose contrast was looked at already, in this process.
_seen: set[int] = set()


class Watch:
    """Notes what goes wrong behind a page: errors, refusals of the policy, requests to others, failures of ours."""

    def __init__(self, context: BrowserContext, host: str):
        self.host, self.troubles = host, list[str]()
        context.on("console", self._console)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(SAID_OF_A_PAGE):
            self.troubles.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.troubles.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        is_part = response.request.resource_type not in ("document", "xhr", "fetch")
        if response.status >= 500 or (is_part and response.status >= 400):
            self.troubles.append(f"{response.status}: {response.url}")


def axe(page: Page, coloured: str = "*", **options: Any) -> None:
    """Fail with what axe finds on the page as it stands (rules: WCAG 2.2 AA and good practice).

    `coloured` is a selector of the elements of which the contrast is looked at.
    """
    found = page.evaluate(RUN, [AXE_ADDRESS, coloured, AXE | options])
    assert found == [], f"{page.url}\n" + "\n".join(
        f"{each['id']}: {each['help']}\n    " + "\n    ".join(node["html"][:200] for node in each["nodes"][:5])
        for each in found)


def axe_with_new_looks(page: Page) -> None:
    """Fail as `axe` does, but for the contrasts that an earlier page had: they are the longest to compute."""
    _mark_new_looks(page)
    axe(page, coloured="[data-new]")


def contrast_of_new_looks(page: Page) -> None:
    """Fail with the contrasts that axe finds too low, and that no earlier page had."""
    if _mark_new_looks(page):
        axe(page, coloured="[data-new]", **CONTRAST)


def _mark_new_looks(page: Page) -> bool:
    """Mark what has a look that no earlier page had; return whether there is any."""
    new = [look for look in page.evaluate(LOOKS) if look not in _seen]
    page.evaluate(MARK, new)
    _seen.update(new)
    return bool(new)
