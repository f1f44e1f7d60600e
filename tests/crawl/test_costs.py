"""What a page costs: as many queries for twenty things as for one, and few of them (docs/testing.md)."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core.actor import ANYONE
from app.core.db import db
from app.events.models.contents import EventMove
from app.events.service import registrations as service
from app.notifications.models import Follow, Notice
from app.notifications.topics import get_topic
from app.reference.models import Tag
from app.results import queries as results
from app.web.events import place_links
from tests import matrix
from tests.events.coming import IN_PERSON, come, guest, new_event
from tests.events.stored import event_in
from tests.support.browser import Browser
from tests.support.clock import LONG_AGO
from tests.support.make import Make, idea_page
from tests.support.make_plan import MakePlan
from tests.support.queries import MEMBER, PUBLIC, cost, costs_alike, record_statements
from tests.support.rows import again
from tests.support.square import READERS
from tests.support.world import HERE, World

# What tells a whole life has a test of its own; so has what a search finds.
APART = ("/journey", "kind=idea")
# What the page of a community or of a place costs whoever asks, its team too.
HUB = 8
# Pages that gather what several rooms hold, by how their paths begin, and what they cost the public and a member.
ABOVE = {
    r"/communities/[^/]+$": (6, HUB),
    r"/issues/.": (6, HUB),
    r"/territories/.": (6, HUB),
    "/tags/": (8, 9),
    r"/organisations/.": (7, HUB),
    "/plan/actions": (13, 15),
    r"/forums/\d+/report": (8, 9),
}

# The first page of a member, and of a facilitator who keeps an action: the account, who else has a charge, what was
# told of late, the desk, what is followed, the agenda; the rest is known until a content changes.
HOME, HOME_OF_TEAM = 4, 6
# What a registration may cost; one of them reads the name of a guest, who may have corrected it.
REGISTRATION = 13
GUEST = {"name": "Maude Roy", "email": "maude@example.org", "mode": "in_person", "party": "2", "consent": "y"}


class Growth:
    """What fills a square: each round adds an idea in every list, an answer, a supporter, a piece of news, a member."""

    def __init__(self, make: Make):
        self.make = make
        self.author = make.user(shows_activity=True)
        self.tag = db.session.query(Tag).filter_by(slug="velo").first() or make.add(
            Tag(slug="velo", name="Vélo", sort_key="velo")
        )
        self.first = make.idea(self.author)
        self.news = make.update(self.author)

    def add(self, rounds: int) -> None:
        for _round in range(rounds):
            idea = self.make.idea(
                self.author,
                status="under_review",
                votes=1,
                issues=["education"],
                territories=["70052"],
                tags=[self.tag],
            )
            self.make.comment(idea)
            for subject in (self.first, self.news):
                self.make.comment(subject, parent=self.make.comment(subject))
            self.make.update()
            self.make.actor(member_of=["securite-alimentaire"])
            for grow in matrix.words("grow"):
                grow(self.make)


def test_a_page_costs_little_and_as_much_for_twenty_things_as_for_one(
    full_square: World, make: Make, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    growth, member = Growth(make), sign_in(make.user())
    about = [idea_page(growth.first), f"/communities/{HERE}/updates/{growth.news.id}", f"/members/{growth.author.id}"]
    paths = [*READERS["anyone"](full_square), *about]
    pages = [(browser, path) for browser in (visitor, member) for path in paths if not path.endswith(APART)]
    pages = [(browser, path) for browser, path in pages if browser.get(path).status_code == 200]
    costs_alike(growth.add, *pages, most=max(map(max, ABOVE.values())))
    costs = [(path, browser is member, cost(browser, path)) for browser, path in pages]
    wrong = [(path, number, allowed(path)) for path, signed_in, number in costs if number > allowed(path)[signed_in]]
    assert not wrong, f"path, statements, allowed to the public and to a member: {wrong}"


def allowed(path: str) -> tuple[int, int]:
    """Return how many statements a page may cost the public and a member."""
    return next((costs for start, costs in ABOVE.items() if re.match(start, path)), (PUBLIC, MEMBER))


def test_the_page_of_a_community_and_of_a_place_costs_its_team_as_little(
    make: Make, sign_in: Callable[[User], Browser], fae: User
) -> None:
    make.idea(community=HERE, hidden_at=LONG_AGO, hidden_reason="hors sujet")
    make.idea(community=HERE, kind="need", territories=["70052"])
    for person in (fae, make.user(role="coordinator")):
        browser = sign_in(person)
        assert "hors sujet" in browser.get(f"/communities/{HERE}").words
        for path in (f"/communities/{HERE}", "/territories/70", "/territories/70052"):
            assert cost(browser, path) <= HUB, path


@pytest.mark.both_engines
def test_a_members_first_page_costs_as_little_whatever_they_were_told(
    make: Make, sign_in: Callable[[User], Browser], plans: MakePlan, clock: Any
) -> None:
    """With ideas, questions, notices of each kind of thing, an action that they keep, meetings and a place."""
    action, event = plans.action(), new_event(make)
    people = make.user(territory_id=1), make.user(facilitates=[HERE], territory_id=1)
    browsers = [sign_in(person) for person in people]
    assert [cost(browser, "/") <= MEMBER for browser in browsers] == [True, True]
    for person in people:
        for number in range(4):
            idea = make.idea(person, community=HERE, title=f"Idée {number}")
            comment = make.comment(idea, intent="wonder")
            subjects = {
                "comment.post": {"idea_id": idea.id, "comment_id": comment.id},
                "follow.idea": {"idea_id": make.idea(community=HERE).id, "facts": {"by": "community", "of": 1}},
                "follow.update": {"update_id": make.update(community=HERE).id},
                "follow.event": {"event_id": event.id},
                "plan.changed": {"action_id": action.id, "facts": {"version": 1, "number": 1, "reason": "Un motif"}},
            }
            for kind, about in subjects.items():
                key = f"{kind} {person.id} {number}"
                make.add(Notice(key=key, user_id=person.id, kind=kind, topic=get_topic(kind), pace="site", **about))
        service.come(make.actor(person), again(event), IN_PERSON)
    plans.holder(again(action), people[1])
    clock.forward(days=2)
    make.idea(community=HERE, title="Sans réponse", territories=["70052"])
    for browser, most in zip(browsers, (HOME, HOME_OF_TEAM), strict=True):
        assert cost(browser, "/") <= most
        page = browser.get("/").words
        assert "Depuis votre dernière visite" in page and "Dans ce que vous suivez" in page
    assert "Mes actions" in page and "Idée 3" in page


@pytest.mark.both_engines
def test_an_act_costs_few_statements(make: Make, sign_in: Callable[[User], Browser], engine: str) -> None:
    """What is read before it, the act with its counts, its notice, its limits and its entry, and the way back."""
    browser, page = sign_in(make.user()), idea_page(make.idea())
    for body, most in (
        ("Un mot inédit.", 13),
        ("Un mot, inédit.", 12),
    ):  # Words that this process never met are one more.
        shown = browser.get(page)
        with record_statements() as statements:
            assert browser.submit(shown, "#comment-form", body=body).status_code == 303
        turns = [statement for statement in statements if "pg_advisory" in statement]
        assert len(statements) - len(turns) <= most, statements
    for form in ("#support form", "#support form[action$=withdrawal]"):
        shown = browser.get(page)
        with record_statements() as statements:
            assert browser.submit(shown, form).status_code == 303
        assert len(statements) <= (8 if engine == "sqlite" else 9), statements  # The row of the thread is held.


def test_a_meeting_costs_no_more_whoever_waits_there_or_follows_what_is_said(
    make: Make, sign_in: Callable[[User], Browser], visitor: Browser
) -> None:
    full, user = new_event(make, capacity_in_person=1), make.user()
    held = event_in(make, days=-9, status="closed")
    come(make, full)
    service.come(make.actor(user), full, IN_PERSON)
    for event in (full, held):
        times = {name: event.starts_at for name in ("former_starts_at", "former_ends_at", "starts_at", "ends_at")}
        make.add(EventMove(event_id=event.id, by_id=event.author_id, reason="La salle est prise.", **times))
        make.add(Follow(user_id=user.id, kind="thread", target_id=event.thread_id))
        make.comment(event, make.user(), "J'y serai.")
    for browser, most in ((visitor, PUBLIC), (sign_in(user), MEMBER)):
        for event in (full, held):
            assert cost(browser, f"/events/{event.id}") <= most


@pytest.mark.both_engines
def test_a_registration_costs_few_statements(make: Make, sign_in: Callable[[User], Browser], visitor: Browser) -> None:
    """The press of a member, what a guest types, and the press that confirms it, for a place or for the list."""
    full = new_event(make, capacity_in_person=1)
    come(make, full)
    for event in (new_event(make), full):
        key = place_links.sign(again(service.expect(event, guest(event.id), IN_PERSON)))
        for browser, path, form, typed in (
            (sign_in(make.user()), f"/events/{event.id}", "#coming form:has([value='in_person'])", {}),
            (visitor, f"/events/{event.id}/registration", "main form.form", GUEST),
            (visitor, f"/events/{event.id}/me/{key}", "main form.form", {}),
        ):
            shown = browser.get(path)
            with record_statements() as statements:
                assert browser.submit(shown, form, **typed).status_code == 303
            assert len(statements) <= REGISTRATION, (path, statements)


def test_a_search_costs_as_much_for_twenty_hits_as_for_one(make: Make) -> None:
    """Its tags, the forms of its words, two tiers and their number, its things by kind; fewer where one page has all."""
    growth, found = Growth(make), dict[str, list[int]]()
    for rounds in (1, 19):
        growth.add(rounds)
        for typed, kinds in (("idée", ()), ("idée réponse", ()), ("idée", ("idea", "comment"))):
            results.get_results(ANYONE, results.parse_query(typed), kinds=kinds)
            db.session.rollback()
            with record_statements() as statements:
                results.get_results(ANYONE, results.parse_query(typed), kinds=kinds)
            db.session.rollback()
            found.setdefault(f"{typed} {kinds}", []).append(len(statements))
    nowhere = found.pop("idée réponse ()")  # No text has both: beginnings, errors, then what lacks a word.
    assert max(map(max, found.values())) <= 7 and max(nowhere) <= 17, (found, nowhere)
    assert all(many <= few + 1 for few, many in [*found.values(), nowhere]), (found, nowhere)
