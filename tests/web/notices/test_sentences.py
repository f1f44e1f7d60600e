"""Every sentence of notices, said to each person who may be told it: `pytest tests/web/notices/test_sentences.py -s` prints them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import update

from app import HOUSE
from app.communities.actors import actor_for
from app.core.db import db
from app.core.unit import unit
from app.notifications.models import Notice
from app.notifications.queries import notices as queries
from app.notifications.topics import KINDS
from app.web.frame import nouns, team_words
from app.web.frame.locale import TAGS
from app.web.notices import immediate_mails, notice_view, sentences, summaries
from app.web.notices.notice_view import NoticeView
from tests.support.make import Make
from tests.web.notices.samples import Telling, Tellings

LANGUAGES = sorted(TAGS)
# What a sentence must not show: a value that is not there, or that nobody filled in.
HOLES = re.compile(r"%\(|None|« ?»|“”|\(\)|  |\{|lazy")
# What names no thing in particular, or a title in its marks.
VAGUE = {
    "fr": re.compile(r"\b(?:texte|contenu)s?\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:text|content|post)s?\b", re.IGNORECASE),
}
# What is said of sessions names these; a topic out of sight has no title.
OF_SESSIONS = ("review", "topic_")
TITLED = re.compile("[«“]")
# Kinds in which somebody else is named.
NAMES = {
    "comment": ("Odile", "Simon", "Rita"),
    "follow.comment": ("Simon",),
    "follow.idea": ("Odile",),
    "joined": ("Simon",),
    "profile.changed": ("Simon",),
    "idea.revised": ("Odile",),
}


class Noted(dict[str, Any]):
    """The sentences, which note those that were said."""

    def __init__(self, rows: Any) -> None:
        super().__init__(rows)
        self.said: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.said.add(key)
        return super().__getitem__(key)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """What was said of all that can be."""
    for name in ("NOTICES", "COUNTED"):
        monkeypatch.setattr(sentences, name, Noted(getattr(sentences, name)))
    found: set[str] = set()
    yield found
    for table in (sentences.NOTICES, sentences.COUNTED):
        assert table.keys() - table.said == set(), "told to nobody here: add who hears it to `tell` of a matrix.py"


def read(reader: Any, tellings: list[Telling]) -> list[NoticeView]:
    actor = actor_for(reader)
    found = {notice.id: notice for notice in queries.list_remaining(actor, [telling.notice.id for telling in tellings])}
    lost = [telling.notice.kind for telling in tellings if telling.notice.id not in found]
    assert not lost, f"these say nothing any more: {lost}"
    return notice_view.build_views(actor, [found[telling.notice.id] for telling in tellings])


@pytest.mark.one_engine
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_said_to_each_person_who_is_told_it(
    app: Flask, make: Make, language: str, said: set[str]
) -> None:
    box = Tellings(make, language)
    tellings = box.list_all()
    with app.test_request_context(base_url="http://localhost"), force_locale(TAGS[language]):
        views = read(box.reader, tellings)
        lines = [
            (telling.notice.kind, telling.who, view.sentence, view.why)
            for telling, view in zip(tellings, views, strict=True)
        ]
    print(f"\n=== {language}")
    for kind in KINDS:
        for _kind, who, sentence, why in dict.fromkeys(line for line in lines if line[0] == kind):
            print(f"{kind:22} {who:24} {sentence}  [{why}]")
    untold = KINDS.keys() - {kind for kind, *_rest in lines}
    assert not untold, f"nobody is told {sorted(untold)}: say who in `tell(tellings)` of the matrix.py of its noun"
    assert [line for line in lines if HOLES.search(line[2]) or HOLES.search(line[3])] == []
    assert [line for line in lines if line[2][0].islower()] == []
    for kind, names in NAMES.items():
        assert [line for line in lines if line[0].startswith(kind) and not any(name in line[2] for name in names)] == []


@pytest.mark.one_engine
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_and_reason_names_its_thing_and_calls_none_of_them_a_text(
    app: Flask, make: Make, language: str
) -> None:
    box = Tellings(make, language)
    tellings = box.list_all()
    with app.test_request_context(base_url="http://localhost"), force_locale(TAGS[language]):
        views = read(box.reader, tellings)
        said = [(view.notice.kind, view.sentence, view.why, view.subject) for view in views]
        names = {str(name).lower() for noun in nouns.NOUNS.values() for name in vars(noun).values() if name}
    assert [line for line in said if VAGUE[language].search(line[1]) or VAGUE[language].search(line[2])] == []
    # What is said of a thing names it: by its noun, or by its title.
    assert [
        line[:2]
        for line in said
        if line[3]
        and not line[0].startswith(OF_SESSIONS)
        and not any(name in line[1].lower() for name in names)
        and not TITLED.search(line[1])
    ] == []


@pytest.mark.one_engine
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_measure_or_of_a_post_that_waits_calls_nothing_a_text(app: Flask, language: str) -> None:
    with (HOUSE / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        said = [message for message in read_po(file) if ("app/web/frame/posting.py", None) in message.locations]
    assert len(said) > 10
    with app.test_request_context(), force_locale(TAGS[language]):
        measures = [str(words) for words in team_words.MEASURES_SUFFERED.values()]
    heard = [words for one in said for words in ([one.string] if isinstance(one.string, str) else one.string)]
    assert [words for words in heard + measures if VAGUE[language].search(words)] == []


@pytest.mark.one_engine
def test_nothing_is_said_in_the_same_words_in_both_languages(app: Flask, make: Make) -> None:
    box = Tellings(make, "fr")
    tellings = box.list_all()
    heard = []
    for language in LANGUAGES:
        with app.test_request_context(base_url="http://localhost"), force_locale(TAGS[language]):
            heard.append([view.sentence for view in read(box.reader, tellings)])
    assert [one for one, other in zip(*heard, strict=True) if one == other] == []


@pytest.mark.one_engine
def test_each_act_that_a_notice_offers_is_in_its_mail_and_in_a_summary(app: Flask, make: Make, sign_in: Any) -> None:
    box = Tellings(make, "fr")
    tellings = box.list_all()
    offered = offers(sign_in(box.reader), len(tellings))
    with unit():
        db.session.execute(update(Notice).values(read_at=None))
    one_of_each = {(telling.notice.kind, telling.who): telling for telling in tellings}
    with app.test_request_context(base_url="http://localhost"):
        for telling in one_of_each.values():
            letter = immediate_mails.compose_mail(box.reader, [telling.notice.id])
            assert letter, telling.notice.kind
            check(letter, box.reader, {telling.notice.id: offered[telling.notice.id]})
        for n in range(0, len(tellings), 15):
            ids = [telling.notice.id for telling in tellings[n : n + 15]]
            letters = [
                immediate_mails.compose_mail(box.reader, ids),
                summaries.compose_summary(box.reader, ids, summaries.get_last_period("daily")),
            ]
            for letter in letters:
                assert letter
                check(letter, box.reader, {number: offered[number] for number in ids})


def offers(browser: Any, count: int) -> dict[int, set[str]]:
    """Return where each notice leads, as its page shows it."""
    found: dict[int, set[str]] = {}
    address = "/notifications"
    for _page in range(count // 10 + 1):
        page = browser.get(address)
        for line in page.soup.select(".notices li li"):
            found[int(line["id"].removeprefix("notice-line-"))] = {link["href"] for link in line.select("a")}
        following = page.soup.select_one(".pages a[href*='after=']")
        if following is None:
            break
        address = following["href"]
    return found


def check(letter: Any, reader: Any, offered: dict[int, set[str]]) -> None:
    """Fail where an act, the title of its thing or its reason is not in both parts of a mail."""
    content = letter.render(reader)
    html = content.html.replace("&amp;", "&")
    for number, addresses in offered.items():
        lacks = [
            url
            for url in addresses
            if f'http://localhost{url}"' not in html or f"http://localhost{url}\n" not in content.text
        ]
        assert not lacks, f"notice {number}, {letter.template}: {lacks}"


@pytest.mark.one_engine
def test_several_notices_of_one_thing_open_on_how_it_stands(make: Make, app: Flask) -> None:
    box = Tellings(make, "fr")
    idea, (first, second) = (
        box.own["need"],
        [make.comment(box.own["need"], box.other, words) for words in ("Un.", "Deux.")],
    )
    told = [
        box.tell("author", "comment.post", first),
        box.tell("author", "status", idea, status="under_review", reason="On regarde."),
        box.tell("author", "comment.post", second),
        box.tell("author", "status", idea, status="retained", reason="On le fait."),
    ]
    with app.test_request_context(base_url="http://localhost"):
        letter = immediate_mails.compose_mail(box.reader, [telling.notice.id for telling in told])
        assert letter
        said = [view.notice.id for view in letter.values["views"]]
    assert said == [told[number].notice.id for number in (3, 1, 0, 2)]
    assert "retenu" in letter.values["subject"] and "et 3 autres avis" in letter.values["subject"].replace("\xa0", " ")
