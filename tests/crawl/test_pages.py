"""What holds of every page for every reader: each check is a function over the crawl, and names page, reader and fault."""

import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser

import pytest
from bs4 import Tag

from app.core.db import db
from tests.crawl.canaries import ALLOWED
from tests.crawl.crawl import Page, fail_on
from tests.support import forms, square
from tests.support.house import House
from tests.support.plans import Sent
from tests.support.queries import FRAMES

# What a page may cost when nobody asked for it before.
MOST, MOST_OF_PUBLIC = 21, 15
# A statement that comes back for each thing of a list comes back more often.
TWICE = 2
# The name of somebody at their own address is what was asked for; the list of accounts is the administration's.
OF_SOMEBODY, ACCOUNTS = re.compile(r"/members/\d+$"), "/people"
WORD = re.compile(r"canari-[\w-]+")
# The lines of a calendar are folded by octets, in the middle of a word.
FOLD = re.compile(r"\r?\n ")
ID = re.compile(r'<[a-z][^<>]*?\sid="([^"]+)"')
REFERRED = re.compile(r'\s(?:for|aria-(?:labelledby|describedby|controls))="([^"]+)"')
# What a person typed, a program reads, or an address is made of.
TYPED = re.compile(rf"{square.TITLE.partition(square.LONG)[0]}|canari-(?:note :|organisme)|https?://\S+|{{\w+}}")
UNREAD = {"script", "style", "code", "pre", "textarea", "blockquote", "svg", "title"}
WRONG = {
    "fr": re.compile(r"(?<![\d-])20\d\d-\d\d-\d\d(?![\d-])|\w [;!?](?!\w)"),
    "en": re.compile(
        r"(?<![\d-])20\d\d-\d\d-\d\d(?![\d-])|\w[ \u00a0\u202f][:;!?](?= |$)|[«»]|\b[Oo]rganis|\b[ap]\.m\.\."
    ),
}


def test_every_page_answers(pages: list[Page]) -> None:
    fail_on((page, page.status) for page in pages if page.status >= 500)
    assert len({page.path for page in pages if page.is_shown}) > 300


def test_every_page_costs_few_statements_and_sends_none_for_each_thing_of_a_list(pages: list[Page]) -> None:
    fail_on((page, fault) for page in pages if page.is_listed for fault in costs(page))


def costs(page: Page) -> Iterator[str]:
    most = MOST_OF_PUBLIC if page.reader == "anyone" else MOST
    statements = [one.text for one in page.sent if not one.text.startswith(FRAMES)]
    if len(statements) > most:
        yield f"{len(statements)} statements, {most} at most"
    yield from (f"{n} times {text}" for text, n in Counter(statements).items() if n > TWICE)


def test_no_page_asks_the_database_twice_for_the_same_thing(pages: list[Page]) -> None:
    fail_on((page, text) for page in pages if page.is_shown for text in repeats(page))


def repeats(page: Page) -> Iterator[str]:
    """Yield what is asked again with the same values, in one transaction that wrote nothing meanwhile, nor waited."""
    asked = set[tuple[str, str]]()
    for one in page.sent:
        question = one.text, repr(one.values)
        if not one.is_read or "pg_advisory_xact_lock" in one.text:
            asked.clear()
        elif question in asked:
            yield one.text
        asked.add(question)


@pytest.mark.skipif(
    sys.version_info < (3, 12), reason="before 3.12 Python cannot ask SQLite for one plan, so there is none to compare"
)
def test_no_page_counts_on_its_values_to_walk_an_index_of_some_rows(house: House, pages: list[Page]) -> None:
    """The codes in the condition of such an index stand in the SQL (`db.constant`), which SQLite plans once."""
    found = {one.text: (page, one) for page in pages for one in page.sent if one.is_read}
    if house.engine == "sqlite":
        with house.app.app_context(), closing(sqlite3.connect(str(db.engine.url.database))) as connection:
            fail_on((page, plan) for page, one in found.values() for plan in lost_plan(connection, one))


def lost_plan(connection: sqlite3.Connection, sent: Sent) -> Iterator[str]:
    """Yield how a statement would run by its values, where the site, which looks at none, runs it otherwise."""
    ways = []
    for is_blind in (True, False):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_QPSG, is_blind)
        rows = connection.execute(f"EXPLAIN QUERY PLAN {sent.text}", sent.values)
        ways.append("; ".join(row[3] for row in rows))
    if ways[0] != ways[1]:
        yield f"{sent.text}: {ways[1]}"


def test_what_is_kept_is_what_each_reader_would_be_given_if_nobody_had_asked_before(pages: list[Page]) -> None:
    fail_on((page, first_difference(page.anew, page.kept)) for page in pages if page.kept != page.anew)


def first_difference(wanted: bytes, found: bytes) -> str:
    pairs = zip(wanted.decode().splitlines(), found.decode().splitlines(), strict=False)
    return next((f"{there!r} for {wanted!r}" for wanted, there in pairs if wanted != there), "it ends elsewhere")


def test_nobody_meets_a_word_that_is_not_for_them_and_each_reader_meets_all_of_theirs(pages: list[Page]) -> None:
    words = [(page, word) for page in pages for word in words_of(page)]
    fail_on((page, word) for page, word in words if page.reader not in ALLOWED[word])
    met = {(page.reader, word) for page, word in words}
    readers = {page.reader for page in pages}
    unseen = {(one, word) for word, roles in ALLOWED.items() for one in roles & readers} - met
    assert not unseen, unseen


def words_of(page: Page) -> set[str]:
    """Return the hidden words that a page says, in its headers too, but for what its address holds."""
    text = (FOLD.sub("", page.text) if page.path.partition("?")[0].endswith(".ics") else page.text) + page.head
    for asked in (page.path, *re.split(r"[/?=]", page.path)[-1:]):
        text = text.replace(asked, "")
    place = page.path.partition("?")[0]
    known = {"canari-appui"} if place == ACCOUNTS else set()
    return set() if OF_SOMEBODY.match(place) else {word for word in WORD.findall(text) if word in ALLOWED} - known


def test_each_control_has_a_label_of_its_own_and_each_name_of_a_part_is_alone_and_leads_to_it(
    pages: list[Page],
) -> None:
    fail_on((page, fault) for page in pages if page.is_shown for fault in names(page))
    fail_on((page, fault) for page in pages if page.is_shown and page.is_listed for fault in nameless(page))


def names(page: Page) -> Iterator[str]:
    ids = Counter(ID.findall(page.text))
    yield from (f"{n} times the id {one}" for one, n in ids.items() if n > 1)
    referred = {one for found in REFERRED.findall(page.text) for one in found.split()}
    yield from (f"nothing has the id {one}" for one in referred - ids.keys())


def nameless(page: Page) -> Iterator[str]:
    soup = page.soup if "<form" in page.text else None
    for form in soup.find_all("form") if soup else ():
        labels = {control["name"]: label(control, soup) for control in forms.controls(form, soup) if is_alone(control)}
        for control in forms.controls(form, soup):
            if not label(control, soup):
                yield f"no label for {control['name']}"
        said = Counter(labels.values())
        yield from (
            f"another control has the label of {name}: {words}" for name, words in labels.items() if said[words] > 1
        )


def is_alone(control: Tag) -> bool:
    """Tell whether a control is named by its label alone; what is ticked is named by its group as well."""
    return control.get("type") not in ("radio", "checkbox")


def label(control: Tag, soup: Tag) -> str:
    """Return what names a control: its label, around it or for it, or what it says of itself."""
    around = control.find_parent("label") or (control.get("id") and soup.find("label", attrs={"for": control["id"]}))
    return str(
        control.get("aria-label")
        or control.get("aria-labelledby")
        or (around and " ".join(around.get_text().split()))
        or ""
    )


def test_what_is_typed_in_one_form_of_a_page_is_not_lost_when_another_is_refused(pages: list[Page]) -> None:
    """A browser sends one form alone: a page has one to type in, and others only where each is refused on its own."""
    fail_on((page, ways) for page in pages if page.is_shown for ways in [set(typed_forms(page))] if len(ways) > 1)


def typed_forms(page: Page) -> Iterator[str]:
    """Yield where a page sends what is typed in it; a note of a team is refused on the page of notes."""
    soup = page.soup if page.text.count('type="text"') + page.text.count("<textarea") > 1 else None
    for form in soup.select("form[method=post]") if soup else ():
        if form.select("textarea, input[type=text]:not([name=website])"):
            yield from [form["action"]] if not str(form["action"]).endswith("/notes") else []


def test_every_page_is_written_in_the_language_of_its_reader(pages: list[Page]) -> None:
    for lang, texts in (("fr", lambda page: page.text), ("en", lambda page: page.english)):
        shown = (page for page in pages if page.is_shown and page.is_listed)
        fail_on((page, text) for page in shown for text in sentences(texts(page), lang) if WRONG[lang].search(text))


class Sentences(HTMLParser):
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


def sentences(page: str, lang: str) -> list[str]:
    reader = Sentences(lang)
    reader.feed(page)
    return [TYPED.sub("", text) for text in reader.texts if text.strip()]
