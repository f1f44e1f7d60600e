"""A walk over the site, from page to page along the links of each."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.support.browser import Browser

# A number in an address, and the words that go with it.
NUMBER = re.compile(r"\d+[\w.-]*")


def walk(browser: Browser, starts: list[str]) -> Iterator[tuple[str, Any]]:
    """Ask for all of these, then for what the answers lead to: one address of each shape is enough.

    The address of an act, where nothing is to be read, is not asked for.
    """
    waiting, links_met, shapes = deque[str](), set(starts), set[str]()
    routes = browser.application.url_map.bind("localhost")

    def ask(path: str) -> Any:
        answer = browser.get(path)
        for link in dict.fromkeys(links(path, answer)):
            if link not in links_met and routes.test(urlsplit(link).path, "GET"):
                waiting.append(link)
        links_met.update(waiting)
        return answer

    for path in starts:
        answer = ask(path)
        # An address that a person is refused says nothing of the others of its shape.
        if answer.status_code == 200:
            shapes.add(shape(path))
        yield path, answer
    while waiting:
        path = waiting.popleft()
        if shape(path) not in shapes:
            shapes.add(shape(path))
            yield path, ask(path)


def shape(path: str) -> str:
    """Return what addresses of the same kind have in common: neither numbers nor values."""
    return NUMBER.sub("0", re.sub(r"=[^&]*", "=", path))


def links(path: str, answer: Any) -> Iterator[str]:
    """Read where an answer leads to: links, forms and pictures of this site."""
    found = [answer.headers["Location"]] if "Location" in answer.headers else []
    if answer.mimetype in ("text/html", "application/atom+xml"):
        text = answer.get_data(as_text=True)
        found += re.findall(r'\b(?:href|hx-get|action)="([^"]+)"', text)
        found += [url.replace("lang=fr&amp;", "") for url in re.findall(r'"og:image" content="([^"]+)"', text)]
    for link in found:
        place = urlsplit(urljoin(f"http://localhost{path}", urldefrag(link.replace("&amp;", "&"))[0]))
        is_same_page = "theme=" in place.query or "lang=" in place.query
        if place.netloc == "localhost" and not is_same_page and not place.path.startswith(("/static", "/logout")):
            yield f"{place.path}?{place.query}" if place.query else place.path
