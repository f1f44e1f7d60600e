"""The summary: one's own road first, then answers, what one follows by its name, two minutes, what is near."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.core import clock as time
from app.core.db import db
from app.notifications.service import notices
from app.reference.models import Territory
from app.web.notices import summaries, summary_parts
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.queries import record_statements
from tests.support.rows import every
from tests.support.world import HERE
from tests.web.notices.test_drawn_mails import even

ORDER = {
    "fr": (
        "Bonjour Maude, votre besoin avance.",
        "Vingt-deux kilomètres",
        "À l’étude, étape 2 sur 5",
        "On vous a répondu",
        "Dans ce que vous suivez",
        "Vous avez deux minutes ?",
        "Près de chez vous",
    ),
    "en": (
        "Hi Maude, your need is moving.",
        "Vingt-deux kilomètres",
        "step 2 of 5",
        "People replied to you",
        "From what you follow",
        "Got two minutes?",
        "Near you",
    ),
}


@pytest.fixture
def reader(make: Any, clock: Any) -> Any:
    """Somebody from a municipality who has a summary each day, and wrote a need."""
    clock.at("2027-01-05T12:00")
    place = next(one for one in every(Territory) if one.parent_id)
    found = make.user("Maude Mésange", territory_id=place.id)
    return make.paces(found, reply="daily", contribution="daily", follow="daily")


def fill(make: Any, reader: Any, times: int = 1) -> None:
    """Tell a person, so many times, of a step of theirs, an answer, and an idea in what they follow."""
    simon, places = make.user("Simon Bernache"), [db.session.get_one(Territory, reader.territory_id).code]
    for n in range(times):
        need = make.idea(reader, HERE, kind="need", status="under_review", title="Vingt-deux kilomètres")
        said = make.comment(need, simon, "Le quart finit à quelle heure ?", intent="wonder")
        idea = make.idea(simon, HERE, title=f"Un four à pain {n}")
        make.idea(simon, HERE, title="Un banc au parc", territories=places)
        quiet = make.idea(simon, HERE, title="Se rendre chez le médecin", territories=places)
        make.at(quiet, published_at=time.now() - timedelta(days=3))
        notices.tell(reader.id, "status", f"s{need.id}", idea_id=need.id, status="under_review", reason="On y voit.")
        notices.tell(reader.id, "comment.post", str(said.id), comment_id=said.id)
        facts = {"by": "community", "of": idea.community_id}
        notices.tell(reader.id, "follow.idea", str(idea.id), idea_id=idea.id, **facts)
        db.session.commit()


@pytest.mark.one_engine
@pytest.mark.parametrize("language", ORDER)
def test_a_summary_tells_ones_own_road_first_and_the_same_in_plain_words(
    make: Any, reader: Any, outbox: Any, clock: Any, language: str
) -> None:
    reader.locale = language
    db.session.commit()
    fill(make, reader)
    clock.forward(days=1)
    assert write_summaries() == 1
    [mail] = outbox.to(reader.email)
    for part in (mail.text, mail.html):
        said = even(f"<html>{part}")
        places = [said.find(words, said.find(ORDER[language][0])) for words in ORDER[language]]
        assert places == sorted(places) and -1 not in places
        assert said.count("Se rendre chez le médecin") == 1, "what asks for two minutes is not said again to be near"
        assert "Un banc au parc" in said and "Le quart finit" in said and "Simon Bernache" in said
    assert mail.html.count('class="here"') == 1 and not re.search(r"<(?:img|svg)|url\(", mail.html)
    assert ".c-food { color: #93cf95 !important" in mail.html and len(mail.html.encode()) < 12_000


def test_a_part_that_fails_is_left_out_and_the_summary_leaves(
    make: Any, reader: Any, outbox: Any, clock: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fail(*_args: Any) -> None:
        db.session.execute(db.text("SELECT nothing FROM nowhere"))

    monkeypatch.setattr(summary_parts, "find_two_minutes", fail)
    fill(make, reader)
    clock.forward(days=1)
    assert write_summaries() == 1
    [mail] = outbox.to(reader.email)
    assert "deux minutes" not in even(mail.text) and "Près de chez vous" in even(mail.text)
    assert "The part two minutes of the summary" in caplog.text


@pytest.mark.one_engine
def test_a_desk_that_fails_is_left_out_of_what_is_told_and_waited_for_alone(
    make: Any, reader: Any, outbox: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.facilitator(reader, HERE)
    make.idea(make.user("Nina Nouvelle", trusted_at=None), HERE, "pending")
    right = summaries.desk.count_queues
    monkeypatch.setattr(summaries.desk, "count_queues", None)
    clock.forward(days=1)
    assert write_summaries() == 0, "nothing else is told: it comes once the desk is read"
    monkeypatch.setattr(summaries.desk, "count_queues", right)
    assert write_summaries() == 1
    fill(make, reader)
    monkeypatch.setattr(summaries.desk, "count_queues", None)
    clock.forward(days=1)
    assert write_summaries() == 1
    assert "votre besoin avance" in even(outbox.to(reader.email)[-1].text)


@pytest.mark.one_engine
def test_a_summary_of_much_takes_few_statements_and_few_bytes(make: Any, reader: Any, outbox: Any, clock: Any) -> None:
    counts = []
    for times in (1, 12):
        fill(make, reader, times)
        clock.forward(days=1)
        with record_statements() as statements:
            assert write_summaries() == 1
        counts.append(len(statements))
    few, much = counts
    assert much <= few + 2
    assert len(outbox.to(reader.email)[-1].html.encode()) < 40_000


def test_nothing_private_hidden_or_pending_is_near_and_who_is_kept_out_is_asked_for_nothing(
    make: Any, reader: Any, outbox: Any, clock: Any
) -> None:
    fill(make, reader)
    simon, place = make.user("Simon"), {"territories": [db.session.get_one(Territory, reader.territory_id).code]}
    make.at(make.idea(simon, HERE, title="Un titre masqué", **place), hidden_at=time.now(), hidden_reason="Non.")
    make.idea(simon, HERE, "pending", title="Un titre en attente", **place)
    make.idea(simon, make.community(is_private=True), title="Un titre privé", **place)
    make.idea(reader, HERE, title="Un titre à moi", **place)
    make.restriction(reader)
    clock.forward(days=1)
    assert write_summaries() == 1
    [mail] = outbox.to(reader.email)
    said = even(mail.text)
    assert "Un titre" not in said and "Un banc au parc" in said and "deux minutes" not in said


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("language", "why"),
    [("fr", "parce que vous suivez « Sécurité alimentaire »"), ("en", "because you follow Food Security")],
)
def test_a_mail_names_what_one_follows(
    make: Any, reader: Any, outbox: Any, clock: Any, language: str, why: str
) -> None:
    reader.locale = language
    db.session.commit()
    make.paces(reader, follow="now")
    idea = make.idea(make.user("Simon"), HERE)
    notices.tell(reader.id, "follow.idea", "1", idea_id=idea.id, by="community", of=idea.community_id)
    db.session.commit()
    clock.forward(minutes=11)
    assert write_mails() == 1
    [mail] = outbox.to(reader.email)
    assert why.lower() in even(mail.text).lower() and why.lower() in even(mail.html).lower()


@pytest.mark.one_engine
def test_much_that_is_said_under_one_thing_is_counted(make: Any, reader: Any, outbox: Any, clock: Any) -> None:
    need = make.idea(reader, HERE, kind="need")
    for n in range(12):
        said = make.comment(need, make.user(), f"Un mot, le {n}e.")
        notices.tell(reader.id, "comment.post", str(said.id), comment_id=said.id)
        db.session.commit()
    clock.forward(days=1)
    assert write_summaries() == 1
    [mail] = outbox.to(reader.email)
    for said in (even(mail.text), even(mail.html)):
        assert said.count("Un mot, le") == 10 and "Un mot, le 11e" in said
        assert "2 autres avis vous attendent sur le site" in said and "votre besoin avance" not in said
