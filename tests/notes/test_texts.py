"""Several write what was said in a session: whatever was acknowledged stands in the text, or in a version of it."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.forum.models import Forum, ForumTopic
from app.notes.models import NoteVersion
from app.notes.queries import texts
from app.notes.service import texts as service
from app.notes.service.texts import LONGEST, MOST, Saved, Sent
from tests.forum.stored import place_in
from tests.notes.stored import session_in, who_at
from tests.support.make import Make


@pytest.fixture
def session(make: Make) -> ForumTopic:
    return session_in(make)


@pytest.fixture
def writers(make: Make, session: ForumTopic) -> list[Actor]:
    found = []
    for name in ("Denise Marguerite", "Yvon Quiscale", "Maude Mésange"):
        user = make.user(name)
        place_in(make, db.session.get_one(Forum, session.forum_id), user)
        found.append(make.actor(user))
    return found


def send(actor: Actor, topic: ForumTopic, text: str, number: int = 0, key: str = "", **more: Any) -> Saved:
    who = who_at(actor, topic.id, topic.forum_id)
    sent = Sent(**({"part": 1, "is_own": True} | more), number=number, text=text, key=key or f"{random.random()}")
    return service.save(actor, who, sent)


def stands(topic: ForumTopic, part: int = 1) -> str:
    db.session.rollback()
    found = texts.find_part(topic.id, part)
    return found.text if found else ""


def test_two_who_write_apart_are_joined(session, writers):
    first, second = writers[:2]
    start = send(first, session, "Le répit existe le jour.\nLa nuit, rien.")
    send(first, session, "Le répit existe le jour, à Huntingdon.\nLa nuit, rien.", start.number)

    saved = send(second, session, "Le répit existe le jour.\nLa nuit, il n'y a que l'urgence.", start.number)

    assert stands(session) == saved.text
    assert saved.text == "Le répit existe le jour, à Huntingdon.\nLa nuit, il n'y a que l'urgence."
    assert texts.list_clashes(session.id) == []


def test_the_same_line_that_two_write_is_kept_twice_until_somebody_chooses(session, writers):
    first, second = writers[:2]
    start = send(first, session, "Trois personnes ont renoncé.")
    send(first, session, "Trois personnes ont renoncé : quatre formulaires.", start.number)

    saved = send(second, session, "Trois personnes sur dix ont renoncé.", start.number)

    assert stands(session) == "Trois personnes ont renoncé : quatre formulaires.\nTrois personnes sur dix ont renoncé."
    assert [(one.stored, one.typed) for one in saved.clashes] == [
        ("Trois personnes ont renoncé : quatre formulaires.", "Trois personnes sur dix ont renoncé.")
    ]
    assert len(texts.list_clashes(session.id)) == 1


def test_who_goes_on_typing_goes_on_from_what_they_sent(session, writers):
    """Nobody has the words under their fingers changed: the page goes on with its own text, not with what was joined."""
    first, second = writers[:2]
    start = send(first, session, "a")
    send(second, session, "a\nb", start.number)
    again = send(first, session, "a\nc", start.number)

    saved = send(first, session, "a\nc, et la suite", again.number)

    assert saved.text == "a\nb\nc, et la suite"


def test_a_sending_that_comes_twice_counts_once(session, writers):
    start = send(writers[0], session, "a")
    send(writers[0], session, "a1", start.number)
    saved = send(writers[1], session, "a2", start.number, key="k")

    again = send(writers[1], session, "a2", start.number, key="k")

    assert (again.number, again.text) == (saved.number, saved.text)
    assert stands(session) == "a1\na2"


def test_the_key_of_one_does_not_answer_for_another(session, writers):
    send(writers[0], session, "a", key="k")

    assert send(writers[1], session, "b", key="k").text == "a\nb"


def test_past_the_most_a_text_goes_on_in_a_next_part_and_loses_nothing(session, writers):
    line = "x" * 99
    start = send(writers[0], session, "\n".join([line] * 150))
    send(writers[0], session, "\n".join([line] * 199 + ["la fin de Denise"]), start.number)

    send(writers[1], session, "\n".join(["le début d'Yvon" + "y" * 90] + [line] * 150), start.number)

    one, two = stands(session), stands(session, 2)
    assert len(one) <= MOST
    assert one.startswith("le début d'Yvon")
    assert two.endswith("la fin de Denise")
    assert (one + "\n" + two).split("\n").count(line) == 199


def test_what_is_pasted_at_once_goes_on_in_as_many_parts_as_it_needs(session, writers):
    lines = [f"ligne {n} {'x' * 90}" for n in range(550)]

    saved = send(writers[0], session, "\n".join(lines))

    parts = [stands(session, n + 1) for n in range(saved.parts)]
    assert saved.parts == 3
    assert max(map(len, parts)) <= MOST
    assert "\n".join(parts).split("\n") == lines


def test_a_text_that_is_too_long_or_from_nowhere_is_refused_in_words(session, writers):
    with pytest.raises(Invalid, match="60 000"):
        send(writers[0], session, "x" * (LONGEST + 1))
    with pytest.raises(Invalid, match="un autre moment"):
        send(writers[0], session, "x", 7)
    assert db.session.query(NoteVersion).count() == 0


def test_what_comes_within_a_day_of_the_close_is_kept_beside_the_text(session, writers, make):
    start = send(writers[0], session, "a")
    make.at(db.session.get_one(Forum, session.forum_id), phase="closed", phase_at=clock.now() - timedelta(hours=2))

    saved = send(writers[1], session, "a\nb", start.number)

    assert saved.is_late
    assert stands(session) == "a"
    assert db.session.query(NoteVersion).filter_by(is_late=True).one().sent == "a\nb"


def test_what_comes_later_still_is_refused(session, writers, make):
    make.at(db.session.get_one(Forum, session.forum_id), phase="closed", phase_at=clock.now() - timedelta(hours=25))

    with pytest.raises(Forbidden):
        send(writers[1], session, "a")


def test_who_has_no_place_writes_nothing(session, make):
    with pytest.raises(Forbidden):
        send(make.actor(), session, "a")


@dataclass
class Page:
    """What a browser has: the text under somebody's fingers, and the version that it goes on from."""

    actor: Actor
    text: str = ""
    number: int = 0
    is_own: bool = False
    waiting: list[Sent] | None = None


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_order_delays_and_repeats_no_word_that_was_acknowledged_is_lost(session, writers, seed):
    """Each word is written once, by one person; nobody takes one out. So each stands in the text at the end."""
    chance, pages = random.Random(seed), [Page(actor) for actor in writers]
    acknowledged = set[str]()
    for step in range(60):
        page = chance.choice(pages)
        lines, word = page.text.split("\n"), f"mot{step}"
        at = chance.randrange(len(lines))
        if chance.random() < 0.5:
            lines[at] = f"{lines[at]} {word}".strip()
        else:
            lines.insert(at, word)
        page.text = "\n".join(lines)
        if chance.random() < 0.3:
            continue
        key = f"{seed}-{step}"
        for _again in range(chance.choice((1, 1, 2))):
            saved = send(page.actor, session, page.text, page.number, key=key, is_own=page.is_own)
        acknowledged |= set(page.text.split())
        page.number, page.is_own = saved.number, True
        if chance.random() < 0.5:
            page.text, page.is_own = saved.text, False

    assert acknowledged <= set(stands(session).split())
