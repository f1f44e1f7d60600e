import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from flask import Flask
from flask_security import hash_password, verify_password
from sqlalchemy import delete, func, select

from app.accounts.models.people import User
from app.cli import run as commands
from app.cli import serving
from app.comments.models import Comment
from app.communities.actors import actor_for
from app.communities.models import Facilitator
from app.core import clock
from app.core.actor import ANYONE
from app.core.clock import now
from app.core.db import db
from app.core.masking import FEW, HIDDEN
from app.core.unit import unit
from app.desk.models import Note, SavedReply
from app.events.models.contents import EventSubject
from app.events.models.meetings import Event
from app.events.models.registrations import EventMail
from app.figures import jobs as figures
from app.figures.models import WROTE
from app.figures.queries import talk
from app.figures.queries.persons import get_persons
from app.figures.scope import Scope
from app.hubs.queries import places
from app.ideas.models import IN_PLAN, KINDS, PUBLIC, Idea, Revision, StatusChange
from app.journal.models import Entry
from app.journey import queries as journey_queries
from app.moderation.cases.models import Case
from app.moderation.measures import queries as measures
from app.moderation.moves.models import Handover
from app.notifications.models import Fact, Notice
from app.notifications.queries import visits
from app.operations import recount
from app.operations.demo import book, people, story
from app.plan import differences
from app.plan.models.links import Link, UpdateLink
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Plan
from app.plan.queries import statuses, versions
from app.plan.queries import tree as trees
from app.reference.models import Tag
from app.search.index import counts
from app.updates.models import Update
from app.votes.models import Vote
from tests.journey.test_histories import keys, rebuild
from tests.support import tables
from tests.support.browser import Browser
from tests.support.rows import count
from tests.support.terminal import run

SOWN: dict[str, tuple[list[int], tables.Photo]] = {}


@pytest.fixture
def steps(app: Flask, engine: str) -> list[int]:
    """Seed the demonstration once an engine, restore it for each test; return the steps that the seed reported."""
    if engine not in SOWN:
        steps_of_seed: list[int] = []
        story.seed(hash_password, step=steps_of_seed.append)
        SOWN[engine] = steps_of_seed, tables.photo()
    steps_of_seed, rows = SOWN[engine]
    tables.restore(rows)
    return steps_of_seed


def test_the_demonstration_is_whole_and_its_counters_are_right(steps: list[int]) -> None:
    assert sum(steps) == story.count_steps()
    assert 90 <= count(Idea) <= 120
    assert count(Update) >= 10
    assert count(Vote) > 300
    assert count(Comment) > 200
    assert count(Tag) > 10
    assert set(db.session.scalars(select(Idea.kind))) == set(KINDS)
    assert set(db.session.scalars(select(Idea.status))) <= {*PUBLIC, "pending"}
    assert len(set(db.session.scalars(select(Idea.community_id)))) == 5
    assert recount.list_differences() == []


def test_everybody_came_before_what_they_wrote(steps: list[int]) -> None:
    for content in (Idea, Comment):
        rows = db.session.execute(
            select(User.name).join(content, content.author_id == User.id).where(content.created_at < User.created_at)
        )
        assert rows.all() == []


def test_nothing_of_it_is_to_come_and_its_stories_are_in_order(steps: list[int]) -> None:
    soon = clock.now() + timedelta(seconds=1)
    for column in (
        Idea.published_at,
        Comment.created_at,
        Vote.at,
        StatusChange.at,
        Revision.created_at,
        Update.published_at,
    ):
        assert db.session.scalar(select(func.max(column))) < soon
    for idea in db.session.scalars(select(Idea).where(Idea.status != "pending")):
        changes = db.session.scalars(
            select(StatusChange).where(StatusChange.idea_id == idea.id).order_by(StatusChange.id)
        ).all()
        assert [step.at for step in changes] == sorted(step.at for step in changes)
        assert (changes[0].status, changes[-1].status, changes[-1].at) == ("published", idea.status, idea.status_at)
        last = db.session.scalars(
            select(Revision).where(Revision.idea_id == idea.id).order_by(Revision.number.desc())
        ).first()
        assert last is not None
        assert (last.number, last.title, last.body) == (idea.revisions_count, idea.title, idea.body)


def test_a_newcomer_waits_for_the_team_and_everybody_else_is_known(steps: list[int]) -> None:
    new = [user.name for user in db.session.scalars(select(User).order_by(User.sort_key)) if not user.is_trusted]
    idea = db.session.scalars(select(Idea).where(Idea.status == "pending")).one()
    comment = db.session.scalars(select(Comment).where(Comment.status == "pending")).one()
    assert new == ["Océane Pluvier", "Réal Tangara"] and idea.suspect == "first" and "links:3" in comment.suspect
    assert idea.published_at is None and idea.saved_at <= clock.now() and comment.created_at <= clock.now()


def test_four_accounts_open_with_the_password_that_is_printed_and_no_other_does(steps: list[int]) -> None:
    users = {user.email: user for user in db.session.scalars(select(User))}
    opening = {email for _role, email in people.ACCOUNTS}

    assert {email for email, user in users.items() if user.password} == opening
    assert all(verify_password(people.PASSWORD, users[email].password) for email in opening)
    assert all(user.is_demo and user.confirmed_at for user in users.values())
    assert users["coordination@exemple.test"].site_role == "coordinator"
    assert users["admin@exemple.test"].site_role == "admin"
    charges = select(func.count()).where(Facilitator.user_id == users["animation@exemple.test"].id)
    assert db.session.scalar(charges) == 1


def test_its_plan_is_whole_and_says_where_it_is(steps: list[int]) -> None:
    plan = db.session.scalars(select(Plan)).one()
    tree = trees.get_tree(plan)
    states = {state: tree.rollup.states[state] for state in ("achieved", "underway", "planned", "dropped")}
    assert states == {"achieved": 5, "underway": 22, "planned": 11, "dropped": 2} and tree.rollup.late == 3
    assert [len(tree.orientations), sum(len(one.objectives) for one in tree.orientations), len(tree.actions)] == [
        5,
        15,
        40,
    ]
    assert (tree.rollup.reached, tree.rollup.milestones, plan.number) == (59, 143, 3)
    later = [versions.get_version(plan, number) for number in (2, 3)]
    assert all(differences.list_differences(*versions.get_outlines(ANYONE, plan, version)) for version in later)
    assert all(row.explanation.text for row in tree.actions if row.state == "dropped")
    waiting = db.session.scalars(select(Link).where(Link.answer.is_(None))).one()
    assert waiting.ended_at is None and list(statuses.list_mismatches()) == []


def test_a_dozen_journeys_lead_from_a_voice_to_a_result_and_each_is_what_the_tables_tell(
    steps: list[int], sql: Any
) -> None:
    whole, states = [], set()
    for idea in db.session.scalars(select(Idea).where(Idea.status != "pending")).all():
        journey = journey_queries.get_journey(ANYONE, idea)
        assert keys(journey) == rebuild(sql, idea), idea.title
        kinds = {step.kind for step in journey.steps}
        states |= {idea.status}
        if (
            idea.action_id
            and idea.status in ("underway", "achieved")
            and {"voice", "status", "link", "bulletin"} <= kinds
        ):
            whole.append(idea.title)
    assert len(whole) >= 12 and {"achieved", "underway", "planned", "retained", "declined", "withdrawn"} <= states
    by_hand = db.session.scalars(select(Idea).where(Idea.status.in_(IN_PLAN), Idea.action_id.is_(None))).one()
    assert by_hand.title.startswith("Glaner")
    back = db.session.get_one(Idea, book.get_ids("idea")["collation-bibliotheque"])
    assert (back.status, back.action_id) == ("retained", None)


def test_sown_again_it_changes_nothing_that_people_made_of_it(steps: list[int]) -> None:
    member = db.session.scalars(select(User).where(User.email == "membre@exemple.test")).one()
    with unit():
        member = db.session.get_one(User, member.id)
        member.password, member.email = "changed", "ailleurs@exemple.test"
        db.session.execute(delete(Facilitator))
        update = db.session.scalars(select(Update)).first()
        assert update is not None
        for tie in (UpdateLink, EventSubject):
            db.session.execute(delete(tie).where(tie.update_id == update.id))
        db.session.execute(delete(Update).where(Update.id == update.id))
    before = {model: count(model) for model in (User, Idea, Update, Comment, Vote, Facilitator, Plan, Bulletin, Link)}

    numbers = story.seed(hash_password)

    assert not any(numbers.values())
    assert {model: count(model) for model in before} == before
    assert db.session.get_one(User, member.id).password == "changed"


def test_its_words_and_persons_are_counted_as_soon_as_it_is_sown(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sown = Mock(side_effect=[{"ideas": 1}, {"ideas": 0}])
    monkeypatch.setattr(story, "seed", sown)
    editions = []
    for _again in range(2):
        run(app, "seed", "demo")
        editions.append(counts.get_edition().number)
    assert editions == [1, 1], "and where nothing was added, not again"
    assert get_persons(WROTE) is not None


def test_its_persons_and_comments_are_in_the_figures(steps: list[int]) -> None:
    """Places with few persons say no number; the region, which has many, does."""
    figures.count_persons()
    figures.count_comments()
    found = get_persons(WROTE)
    assert found is not None
    assert isinstance(found.total, int) and found.total > 20
    assert {FEW, HIDDEN} & {*found.counts.values()}
    assert sum(talk.count_talk(Scope(), ["2000-01", "2999-12"]).comments.values()) > 200


def test_a_site_says_that_it_is_there_and_who_may_sign_in(
    app: Flask, steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(json.loads(run(app, "seed", "demo", "--json").stdout).values())
    monkeypatch.setitem(app.config, "DEMO", True)
    monkeypatch.setitem(app.config, "PORT", 0)
    monkeypatch.setattr(commands, "_run_worker", lambda _app: nullcontext(Mock(end_reason="")))
    monkeypatch.setattr(serving, "serve", Mock(return_value=None))
    result = run(app, "run")
    assert "Demonstration: all there already." in result.stderr
    assert "facilitator (Sécurité alimentaire)   animation@exemple.test" in result.stdout
    assert "demonstration-2026" in result.stdout


def test_the_story_counts_back_from_the_first_seeding(app: Flask, clock: Any) -> None:
    clock.at("2026-03-01T15:00")
    people.seed(hash_password)
    clock.forward(days=30)

    assert book.get_first_day().date().isoformat() == "2026-03-01"
    assert (
        book.moment(book.get_first_day(), {"days_ago": 1, "time": "09:30"}).isoformat() == "2026-02-28T14:30:00+00:00"
    )
    assert book.moment(book.get_first_day(), {"days_ago": -300, "time": "09:30"}) <= now()


def test_what_the_teams_did_is_in_the_journal_in_its_order_and_sealed(steps: list[int]) -> None:
    lines = list(db.session.scalars(select(Entry).order_by(Entry.id)))
    assert [line.at for line in lines] == sorted(line.at for line in lines) and lines[-1].at <= clock.now()
    assert {"status", "hide", "case", "lock", "appeal", "merge", "slow", "warn", "suspend"} <= {
        line.kind for line in lines
    }
    assert book.get_ids("facilitation").keys() == {fact["key"] for fact in book.load("facilitation")} | {"steps"}
    assert db.session.scalars(select(Handover.state)).all() == ["open"] and count(SavedReply) == 3 and count(Note) == 1
    assert list(measures.list_journal_faults()) == []
    assert {case.state for case in db.session.scalars(select(Case))} == {"open", "handled", "dismissed"}


def test_its_people_were_told_of_the_last_weeks_when_it_happened_and_nothing_is_left_to_tell(steps: list[int]) -> None:
    notices = list(db.session.scalars(select(Notice).order_by(Notice.id)))
    assert [notice.at for notice in notices] == sorted(notice.at for notice in notices) and notices[
        -1
    ].at <= clock.now()
    assert not [notice for notice in notices if notice.mailed_at is None]
    assert count(Fact) and db.session.scalars(select(Fact).where(Fact.told_at.is_(None))).all() == []
    for _role, email in people.ACCOUNTS[:3]:
        user_id = db.session.scalar(select(User.id).where(User.email == email))
        assert {notice.read_at is None for notice in notices if notice.user_id == user_id} == {True, False}


def test_the_member_finds_notices_of_several_kinds_and_what_is_new_in_a_thread(
    steps: list[int], sign_in: Callable[..., Browser]
) -> None:
    member = db.session.scalars(select(User).where(User.email == "membre@exemple.test")).one()
    page = sign_in(member).get("/notifications").soup
    assert (
        len(page.select(".notice-group")) >= 4
        and page.select(".notice-group.is-new")
        and page.select(".notice-group:not(.is-new)")
    )
    kinds = {notice.topic for notice in db.session.scalars(select(Notice).where(Notice.user_id == member.id))}
    assert kinds >= {"reply", "contribution", "support", "follow"}
    assert visits.get_visit(
        actor_for(member), db.session.scalars(select(Idea).where(Idea.author_id == member.id)).one().thread_id
    ).new_ids


def test_there_are_meetings_in_each_state_and_one_begins_within_the_hour_or_so(steps: list[int]) -> None:
    events = {event.title: event for event in db.session.scalars(select(Event))}
    coming = [event for event in events.values() if event.status == "published" and not event.is_past]
    assert len(events) == 10 and len(coming) == 5
    assert sorted(event.status for event in events.values()).count("closed") == 3
    forum = events["Entrez dans le monde des communautés de pratique"]
    assert (forum.mode, f"{forum.starts_at:%Y-%m-%d}", forum.body, forum.lead) == ("online", "2022-02-10", "", "")
    assert not forum.takes_registrations and forum.community_id is None
    assert min(event.starts_at for event in coming) - clock.now() < timedelta(minutes=65)
    full = events["Cuisiner pour vingt dans une roulotte : l’atelier"]
    assert full.taken_in_person == full.capacity_in_person == 8 and full.waiting_in_person == 4
    assert events["À vélo de Léry à Châteauguay : on essaie le trajet"].cancelled_reason
    assert count(EventMail) and not count(EventMail, EventMail.written_at.is_(None))


def test_a_forum_of_it_is_whole_and_its_report_says_so(steps: list[int], visitor: Browser) -> None:
    """Fifteen topics made fourteen sessions in five rooms, in which 57 things were said."""
    title = "Forum ouvert\N{NO-BREAK SPACE}: l’hiver est long, on se rend service"
    address = f"/forums/{db.session.scalars(select(Event.id).where(Event.title == title)).one()}"
    data = visitor.get(f"{address}/report.json").json

    assert data["numbers"] == {"registered": 21, "came": 19, "pitched": 15, "sessions": 14}
    assert len({session["room"] for session in data["sessions"]}) == 5
    assert sum(len(session["lines"]) for session in data["sessions"]) == 57
    assert all(session["text"] and session["people"] for session in data["sessions"])
    assert [one["reason"][:6] for one in data["not_held"]] == ["Joint "]
    became = [line["became"] for session in data["sessions"] for line in session["lines"]]
    assert {one["how"] for one in became} == {"new", "joined", "linked", "offered", "aside"}
    assert data["became"]["achieved"] >= 4 and data["became"]["ended"] >= 12 and "left" not in data["became"]
    assert all(one["reason"] for one in became if one["is_end"])
    ranked = data["choice"]["candidates"]
    assert [(one["rank"], one["is_tied"]) for one in ranked[:4]] == [(1, False), (2, True), (2, True), (4, False)]
    assert sum(one["is_tied"] for one in ranked) == 2 and all(one["decision"] for one in ranked[:3])
    assert all(visitor.get(address + end).status_code == 200 for end in ("", "/board", "/report", "/report.md"))
    assert "corvée" in visitor.get("/search?q=calfeutrage&kind=topic").soup.select_one("article.find").text


def test_its_needs_come_from_most_places_and_an_action_answers_half_of_them(steps: list[int]) -> None:
    found = places.get_numbers()
    named = [numbers for one in found.mrcs for _place, numbers in one.municipalities]
    assert len([numbers for numbers in named if numbers.needs]) >= 40
    assert len([numbers for numbers in named if not (numbers.needs or numbers.ideas)]) == 8
    assert sum(one.whole.needs or 0 for one in found.mrcs) >= 5 and found.nowhere.needs
    once = found.once
    assert 60 <= (once.needs or 0) <= 70 and once.waiting and once.tied
    assert abs(once.waiting - once.tied) <= 6
