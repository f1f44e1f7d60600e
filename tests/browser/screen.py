"""A page in a real browser, and what must never happen in one."""

import json
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, Route, expect

# The browser says so of every answer that is an error page: a test that asks for one looks at it itself.
SAID_OF_A_PAGE = "Failed to load resource: the server responded with a status of 4"
AXE = {
    "reporter": "no-passes",
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# The server of the tests gives axe as a file of the site: the browser compiles it once, not on each page.
AXE_ADDRESS = "/axe.min.js"
FILES = {AXE_ADDRESS: str(AXE_FILE_PATH)}
# A look is all that contrast comes from, as one number: the width of the window, the colours and the size of a text, what
# is painted behind it, and what makes axe leave it alone (a control that is disabled, a text without a word). Contrasts are
# the longest to compute: of each look that is new, the first and the last node are marked, and axe looks at these alone
# (two, for something may cover one of them). This returns what axe finds, and the looks that were new.
LOOK = r"""async ([address, seen, runs]) => {
  const add = (sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
  const hash = (...parts) => [...parts.join()].reduce(add, 0);
  const text = (node) => [...node.childNodes].map((one) => one.data ?? "").join("").trim();
  const nothing = "rgba(0, 0, 0, 0),none,1,static,false";
  const walk = (node, above, nodes) => {
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
    for (const child of node.children) walk(child, behind, nodes);
    return nodes;
  };
  if (!window.axe) {
    await new Promise((onload, onerror) =>
      document.head.append(Object.assign(document.createElement("script"), {src: address, onload, onerror})));
  }
  axe.configure({rules: [{id: "color-contrast", selector: "[data-new]"}]});
  const known = new Set(JSON.parse(seen)), newLooks = [], found = [];
  const root = document.documentElement, before = root.dataset.theme;
  const wear = (theme) => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; };
  for (const [theme, options] of runs) {
    wear(theme || before);
    const marked = [];
    for (const [look, nodes] of walk(document.body, innerWidth, new Map())) {
      if (known.has(look)) continue;
      known.add(look);
      newLooks.push(look);
      marked.push(...nodes);
    }
    marked.forEach((one) => one.setAttribute("data-new", ""));
    if (marked.length || !theme) found.push(...(await axe.run(options)).violations);
    marked.forEach((one) => one.removeAttribute("data-new"));
  }
  wear(before);
  return [found, newLooks];
}"""
# What is glued to the word before it: as it is read, in one box with no space between them, or as it is seen, in one line
# with no gap.
GLUED = r"""() => {
  const boxOf = (node) => (getComputedStyle(node).display.match(/^(inline|contents)$/) ? boxOf(node.parentElement) : node);
  const isSeen = (text) => text.parentElement.checkVisibility({visibilityProperty: true});
  const isWord = (letter) => /[\p{L}\p{N}]/u.test(letter);
  const place = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  const isBeside = (one, next) => {
    if ([one, next].some((text) => text.parentElement.closest(".visually-hidden"))) return false;
    const [left, right] = [place(one, one.data.trimEnd().length - 1), place(next, next.data.search(/\S/))];
    return left.bottom > right.top && left.top < right.bottom && Math.abs(right.left - left.right) < 2;
  };
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const texts = [], found = [];
  while (walker.nextNode()) if (isSeen(walker.currentNode)) texts.push(walker.currentNode);
  const glue = (list, ends, isGlued) => list.slice(1).forEach((next, n) => {
    const [last, first] = ends(list[n].data, next.data);
    if (isWord(last) && isWord(first) && isGlued(list[n], next)) found.push(`${list[n].data}|${next.data}`);
  });
  glue(texts, (one, next) => [one.at(-1), next[0]], (...both) => boxOf(both[0].parentElement) === boxOf(both[1].parentElement));
  glue(texts.filter((text) => text.data.trim()), (one, next) => [one.trimEnd().at(-1), next.trim()[0]], isBeside);
  return found;
}"""
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Looks whose contrast was looked at already, in this process.
_seen: set[int] = set()


class WatchedPage(Page):
    """A page, with what went wrong behind it."""

    troubles: list[str]


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


def answer_later(page: Page, path: str, seconds: int, code: int = 429) -> list[str]:
    """Have the site answer that one has to wait, for so long; return what it is asked for meanwhile."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=code, headers={"Retry-After": str(seconds)})

    page.route(path, answer)
    return asked


def axe(page: Page) -> None:
    """Fail with what axe finds on the page as it stands (rules: WCAG 2.2 AA and good practice).

    It looks at the contrasts that no earlier page of this process had.
    """
    _look(page, [["", AXE]])


def axe_in_both_themes(page: Page) -> None:
    """Fail as `axe` does on a page that is light, and with the contrasts that it has in the dark."""
    _look(page, [["", AXE], ["dark", AXE | CONTRAST]])


def list_glued(page: Page) -> list[str]:
    """List the words of a page that nothing parts from the word before, as it is read aloud or as it is seen."""
    found: list[str] = page.evaluate(GLUED)
    return found


def _look(page: Page, runs: list[Any]) -> None:
    """Run axe on a page, once in each of these themes (none: as it is) and with these options."""
    expect(page.locator(".htmx-request")).to_have_count(
        0
    )  # What a page asks for as it comes is pale until it is there.
    found, new_looks = page.evaluate(LOOK, [AXE_ADDRESS, json.dumps(list(_seen)), runs])
    _seen.update(new_looks)
    assert found == [], f"{page.url}\n" + "\n".join(
        f"{each['id']}: {each['help']}\n    " + "\n    ".join(node["html"][:200] for node in each["nodes"][:5])
        for each in found
    )
