"""The report equals what the tables tell, before and after what was said moves; nothing out of sight is named in it."""

import csv
import io
from typing import Any

import pytest

from app.choices.models import ChoiceCandidate
from app.choices.queries import choices
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.forum.models import Forum, ForumTopic
from app.ideas.models import Idea, StatusChange
from app.plan.models.structure import Action
from tests.choices.stored import choice_in
from tests.forum.stored import topic_in
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.browser import Browser
from tests.support.clock import LONG_AGO
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import SECLUDED

LINES = """
SELECT l.id, l.text, l.fate, l.reason AS why, i.id AS idea_id, i.title, i.status, a.title AS action, a.state,
  i.hidden_at IS NULL AND i.deleted_at IS NULL AND NOT i.is_private AS is_read
FROM published_lines l JOIN forum_topics t ON t.id = l.topic_id
JOIN forum_slots s ON s.id = t.slot_id JOIN forum_rooms r ON r.id = t.room_id
LEFT JOIN ideas o ON o.id = l.idea_id LEFT JOIN ideas i ON i.id = coalesce(o.merged_into, o.id)
LEFT JOIN actions a ON a.id = l.action_id
WHERE t.forum_id = :id AND t.hidden_at IS NULL AND t.deleted_at IS NULL ORDER BY s.starts_after, r.position, l.position
"""
WHY = "SELECT reason FROM status_changes WHERE idea_id = :id ORDER BY id DESC LIMIT 1"
DROPPED = "SELECT body FROM bulletins WHERE state = 'dropped'"
CHOSEN = """
SELECT c.text, c.placed, c.on_paper, c.decision, 1 + (SELECT count(*) FROM choice_candidates d WHERE d.choice_id = :id
  AND d.placed + d.on_paper > c.placed + c.on_paper) AS rank, (SELECT count(*) FROM choice_candidates d
  WHERE d.choice_id = :id AND d.placed + d.on_paper = c.placed + c.on_paper) > 1 AND c.placed + c.on_paper > 0 AS is_tied
FROM choice_candidates c WHERE c.choice_id = :id ORDER BY c.placed + c.on_paper DESC, c.position
"""
ENDS = ("declined", "archived", "withdrawn")


@pytest.fixture
def session(make: Make) -> ForumTopic:
    session = session_in(make, phase="closed", title="Une nuit de sommeil par mois")
    publish_in(make, session)
    return session


@pytest.fixture
def forum(session: ForumTopic) -> Forum:
    return db.session.get_one(Forum, session.forum_id)


@pytest.fixture
def action(plans: MakePlan) -> Action:
    return plans.action("Une maison de répit", 0)


@pytest.fixture
def ideas(make: Make, plans: MakePlan, forum: Forum, session: ForumTopic, action: Action) -> list[Idea]:
    """Lines of each fate in two sessions, and the ideas that they led to: new, joined, offered."""
    found = [make.idea(title=title) for title in ("Le répit de nuit", "Le covoiturage", "Le jardin du rang")]
    other = topic_in(make, forum, title="Le 15 du mois", slot_id=session.slot_id, room_id=session.room_id + 1)
    publish_in(make, other)
    given = {"review_by": forum.phase_by, "review_at": clock.now()}
    line_in(make, session, "Dormir une nuit par mois", **(given | {"fate": "new", "idea_id": found[0].id}))
    said = make.comment(found[1])
    line_in(
        make,
        other,
        "Partager la route",
        **(given | {"fate": "joined", "idea_id": found[1].id, "comment_id": said.id}),
    )
    line_in(make, session, "Mon terrain", kind="offer", **(given | {"fate": "offered", "idea_id": found[2].id}))
    line_in(make, session, "Écrire une demande", kind="action", **(given | {"fate": "linked", "action_id": action.id}))
    line_in(make, other, "Une fusée", **(given | {"fate": "aside", "reason": "Personne ne la conduit"}))
    line_in(make, other, "Et le 16 du mois?", kind="question")
    choice = choice_in(make, forum, state="counted", voters_count=6, paper_ballots=5, stopped_at=clock.now())
    rows = choices.list_candidates(choice.id)
    for row, (here, paper) in zip(rows, [(3, 4), (9, 1), (7, 0)], strict=True):
        make.at(row, placed=here, on_paper=paper)
    make.at(
        rows[1],
        decision="On l'essaie",
        carried_by="Le comité",
        decision_idea_id=found[0].id,
        decided_by=given["review_by"],
    )
    return found


@pytest.fixture
def report(forum: Forum, visitor: Browser, sql: Any) -> Any:
    """Read the report as the public does, in its four shapes, and compare each with what SQL finds."""

    def read() -> Any:
        address = f"/forums/{forum.id}/report"
        data = visitor.get(f"{address}.json").json
        lines = [line for one in data["sessions"] for line in one["lines"]]
        expected = [_tell(row, sql) for row in sql(LINES, id=forum.id)]
        assert [(line["text"], *_told(line)) for line in lines] == expected
        chosen = [
            (one["text"], one["online"], one["paper"], one["rank"], one["is_tied"])
            for one in data["choice"]["candidates"]
        ]
        rows = sql(CHOSEN, id=forum.id)
        assert chosen == [(row.text, row.placed, row.on_paper, row.rank, bool(row.is_tied)) for row in rows]
        _compare_files(visitor, address, expected, chosen)
        return data

    return read


def _told(line: Any) -> tuple[Any, ...]:
    became = line["became"] or {}
    return tuple(became.get(name) for name in ("how", "title", "status", "reason"))


def _tell(row: Any, sql: Any) -> tuple[Any, ...]:
    """Say of a line what the tables tell the public of it."""
    if row.action:
        return row.text, row.fate, row.action, row.state, sql(DROPPED)[0].body if row.state == "dropped" else None
    if row.fate in (None, "aside") or not row.is_read:
        return row.text, row.fate, None, None, row.why or None
    return (
        row.text,
        row.fate,
        row.title,
        row.status,
        sql(WHY, id=row.idea_id)[0].reason or None if row.status in ENDS else None,
    )


def _compare_files(visitor: Browser, address: str, lines: Any, chosen: Any) -> None:
    table = list(csv.reader(io.StringIO(visitor.get(f"{address}.csv").text.removeprefix("\ufeff")), delimiter=";"))[1:]
    assert [(row[4], row[8], row[10]) for row in table] == [
        *((text, title or "", why or "") for text, _how, title, _status, why in lines),
        *((one[0], row[8], "") for one, row in zip(chosen, table[len(lines) :], strict=True)),
    ]
    assert [(row[4], int(row[13]), int(row[14])) for row in table[len(lines) :]] == [one[:3] for one in chosen]
    page = visitor.get(address).soup.select_one("main").get_text(" ", strip=True)
    text = visitor.get(f"{address}.md").text
    for words in [word for line in lines for word in (line[0], line[2], line[4]) if word]:
        assert words in page and words in text, words


def move(idea: Idea, status: str, reason: str = "") -> None:
    with unit():
        found = db.session.get_one(Idea, idea.id)
        found.status = status
        db.session.add(StatusChange(idea_id=idea.id, status=status, by_id=found.author_id, reason=reason))


def test_it_equals_the_tables_and_follows_what_was_said(
    ideas: list[Idea], report: Any, make: Make, plans: MakePlan, action: Action
) -> None:
    data = report()
    assert data["became"] == {"said": 6, "ideas": 3, "in_plan": 1, "ended": 1, "left": 1}

    move(ideas[0], "achieved")
    move(ideas[1], "declined", "L'hiver coûte plus que l'auto partagée")
    plans.say(db.session.get_one(Action, action.id), "Faute de local", state="dropped")
    data = report()
    assert data["became"] == {"said": 6, "ideas": 3, "in_plan": 1, "achieved": 1, "ended": 3, "left": 1}

    move(ideas[2], "archived", "Plus personne ne la porte")
    make.at(ideas[1], merged_into=ideas[0].id)
    assert report()["became"]["ended"] == 3


def test_what_ends_stands_together_with_its_reason(
    ideas: list[Idea], forum: Forum, report: Any, visitor: Browser
) -> None:
    move(ideas[1], "declined", "L'hiver coûte trop")
    move(ideas[2], "withdrawn")
    report()
    page = visitor.get(f"/forums/{forum.id}/report").soup
    ends = page.select_one("[aria-labelledby=ends-title]").get_text(" ", strip=True)
    for words in ("Partager la route", "L'hiver coûte trop", "Une fusée", "Personne ne la conduit", "Mon terrain"):
        assert words in ends
    assert "Dormir une nuit" not in ends


@pytest.mark.parametrize("columns", [{"hidden_at": LONG_AGO}, {"is_private": True}, {"deleted_at": LONG_AGO}])
def test_an_idea_that_left_sight_is_not_named(
    ideas: list[Idea], forum: Forum, report: Any, make: Make, visitor: Browser, columns: dict[str, Any]
) -> None:
    if "is_private" in columns:
        columns = columns | {"community_id": make.community(slug=SECLUDED, is_private=True).id}
    report()
    for idea in ideas:
        make.at(idea, **columns)
    report()
    for ending in ("", ".md", ".csv", ".json"):
        shown = visitor.get(f"/forums/{forum.id}/report{ending}").text
        assert all(idea.title not in shown for idea in ideas)
        assert "Dormir une nuit par mois" in shown


def test_a_tie_is_a_tie_and_the_decision_is_read(
    ideas: list[Idea], forum: Forum, report: Any, visitor: Browser
) -> None:
    first, *tied = report()["choice"]["candidates"]
    assert (first["rank"], first["total"], first["is_tied"]) == (1, 10, False)
    assert first["decision"] == {
        "text": "On l'essaie",
        "lang": "fr",
        "carried_by": "Le comité",
        "title": "Le répit de nuit",
        "url": first["decision"]["url"],
    }
    assert [(one["rank"], one["total"], one["is_tied"]) for one in tied] == [(2, 7, True)] * 2
    page = visitor.get(f"/forums/{forum.id}/report").soup.select_one("[aria-labelledby=choice-title]")
    shown = page.get_text(" ", strip=True).replace("\N{NO-BREAK SPACE}", " ")
    assert "11 personnes ont posé leurs pastilles : 6 en ligne, 5 sur papier." in shown
    assert shown.count("À égalité.") == 2 and "Le comité" in shown and "9 en ligne, 1 sur papier" in shown


def test_before_the_count_it_says_nothing_of_a_choice(
    ideas: list[Idea], forum: Forum, make: Make, visitor: Browser
) -> None:
    make.at(choices.get_choice(forum.id), state="stopped")
    assert visitor.get(f"/forums/{forum.id}/report.json").json["choice"] is None
    assert db.session.query(ChoiceCandidate).first().text not in visitor.get(f"/forums/{forum.id}/report").text


def test_it_asks_as_many_statements_however_much_was_said(
    ideas: list[Idea],
    make: Make,
    forum: Forum,
    session: ForumTopic,
    action: Action,
    visitor: Browser,
    count_queries: Any,
) -> None:
    address = f"/forums/{forum.id}/report"
    visitor.get(address)
    with count_queries() as few:
        visitor.get(address)
    given = {"review_by": forum.phase_by, "review_at": clock.now()}
    for n in range(10):
        line_in(make, session, f"Une idée, la {n}", **(given | {"fate": "new", "idea_id": make.idea().id}))
        line_in(make, session, f"Une action, la {n}", **(given | {"fate": "linked", "action_id": action.id}))
        topic_in(make, forum, title=f"Un sujet resté au mur, le {n}", author_id=make.user().id)
        make.add(ChoiceCandidate(choice_id=forum.id, position=9 + n, idea_id=make.idea().id, placed=n, on_paper=0))
    with count_queries() as many:
        visitor.get(address)
    assert len(many) == len(few) <= 18
