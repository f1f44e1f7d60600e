"""What pages print is written in the language of their reader: signs, dates, spelling."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.support import square
from tests.support.world import World, browsers

# What a person typed, a program reads, or an address is made of.
TYPED = re.compile(rf"{square.TITLE.partition(square.LONG)[0]}|canari-note :|https?://\S+|{{\w+}}")
UNREAD = {"script", "style", "code", "pre", "textarea", "blockquote", "svg", "title"}
WRONG = {
    "fr": re.compile(r"(?<![\d-])20\d\d-\d\d-\d\d(?![\d-])|\w [;!?](?!\w)"),
    "en": re.compile(r"(?<![\d-])20\d\d-\d\d-\d\d(?![\d-])|\w[ \u00a0\u202f][:;!?](?= |$)|[«»]|\b[Oo]rganis"),
}


@pytest.mark.one_engine
@pytest.mark.parametrize("lang", WRONG)
def test_every_page_is_written_in_the_language_of_its_reader(
    lang: str, full_square: World, sign_in: Any, visitor: Any
) -> None:
    people, found = browsers(full_square, sign_in, visitor), set()
    for role, pages in square.READERS.items():
        for path in pages(full_square):
            answer = people[role].get(f"{path}{'&' if '?' in path else '?'}lang={lang}", follow_redirects=True)
            found |= {(role, path, text) for text in _texts(answer.text, lang) if WRONG[lang].search(text)}
    assert not found, found


class _Texts(HTMLParser):
    """Gather the texts of a page that are in one language, but what nobody reads as words."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang, self.texts, self.open = lang, [""], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("input", "br", "img", "meta", "link", "hr", "col", "wbr"):
            self.open.append((tag, dict(attrs).get("lang")))
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        langs = [lang for _, lang in self.open if lang]
        if not {tag for tag, _ in self.open} & UNREAD and langs and langs[-1].startswith(self.lang):
            self.texts[-1] += data


def _texts(page: str, lang: str) -> list[str]:
    reader = _Texts(lang)
    reader.feed(page)
    return [TYPED.sub("", text) for text in reader.texts if text.strip()]
