"""A walk over the site, from page to page along what each one leads to."""
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.support.browser import Browser

# A number in an address, and the words that go with it.
NUMBER = re.compile(r"\d+[\w.-]*")
# How many addresses of each shape are asked for.
FEW = 1


def walk(browser: Browser, starts: list[str]) -> Iterator[tuple[str, Any]]:
    """Ask for everything, then for what the answers lead to: a few addresses of each shape are enough.

    The addresses of acts, which no page has, are not asked for.
    """
    waiting, links_met, shapes = deque[str](), set(starts), Counter[str]()
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
        shapes[shape(path)] += answer.status_code == 200
        yield path, answer
    while waiting:
        path = waiting.popleft()
        if shapes[shape(path)] < FEW:
            shapes[shape(path)] += 1
            yield path, ask(path)


def shape(path: str) -> str:
    return NUMBER.sub("0", re.sub(r"=[^&]*", "=", path))


def links(path: str, answer: Any) -> Iterator[str]:
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
