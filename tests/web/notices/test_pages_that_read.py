"""Each kind of notice has a page that reads it, which reads what it shows and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from app.core import clock as time
from app.core.db import db
from app.core.paging import SIZE as PAGE_SIZE
from app.core.unit import unit
from app.ideas.models import Revision
from app.notifications.models import Notice
from app.notifications.queries.audiences import AUDIENCES
from app.notifications.service import notices
from app.notifications.topics import KINDS, SAID_WHOLE
from app.plan.models.versions import PlanVersion
from app.web.notices.sentences import COUNTED, NOTICES
from tests.events.stored import event_in
from tests.forum.stored import forum_in
from tests.support.make import Make, idea_page
from tests.support.rows import every, last
from tests.support.world import HERE, World
from tests.web.notices.samples import read_ids, tell


@dataclass
class Shown:
    """A page, who reads it, and what a notice names that is read there; `other` names what is not shown there."""

    path: str
    who: str
    named: dict[str, Any]
    other: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    other_facts: dict[str, Any] = field(default_factory=dict)


def _idea(world: World, _make: Make) -> Shown:
    idea, action = world.ideas["published"], {"action_id": world.actions["visible"].id}
    return Shown(
        idea_page(idea), "author", action | {"idea_id": idea.id}, action | {"idea_id": world.ideas["locked"].id}
    )


def _draft(world: World, _make: Make) -> Shown:
    idea = world.ideas["published"]
    return Shown(f"/ideas/{idea.id}/status", "facilitator", {"idea_id": idea.id}, {"idea_id": world.ideas["locked"].id})


def _revision(world: World, make: Make) -> Shown:
    idea = world.ideas["published"]
    for number in (2, 3):
        make.add(
            Revision(
                idea_id=idea.id,
                number=number,
                title=idea.title,
                body=f"Texte {number}",
                body_html=f"<p>Texte {number}</p>",
            )
        )
    named = {"idea_id": idea.id}
    return Shown(
        f"/ideas/{idea.id}/revisions/3",
        "facilitator",
        named,
        named,
        {"number": 3, "first": 3},
        {"number": 3, "first": 2},
    )


def _comment(world: World, make: Make) -> Shown:
    shown, other = world.comments["other"], make.comment(world.updates["visible"])
    make.at(shown, used_at=time.now()), make.at(other, used_at=time.now())
    return Shown(idea_page(world.ideas["published"]), "author", {"comment_id": shown.id}, {"comment_id": other.id})


def _update(world: World, make: Make) -> Shown:
    update = world.updates["visible"]
    other = make.update(world.people["somebody"], HERE)
    return Shown(
        f"/communities/{HERE}/updates/{update.id}", "facilitator", {"update_id": update.id}, {"update_id": other.id}
    )


def _of_action(end: str, who: str) -> Callable[[World, Make], Shown]:
    def build(world: World, _make: Make) -> Shown:
        action, other = world.actions["visible"], world.actions["hidden"]
        return Shown(f"/plan/actions/{action.id}{end}", who, {"action_id": action.id}, {"action_id": other.id})

    return build


def _bulletin(world: World, make: Make) -> Shown:
    action, bulletin = world.actions["visible"], world.bulletins["visible"]
    named = {"action_id": action.id}
    return Shown(
        f"/plan/actions/{action.id}",
        "author",
        named | {"bulletin_id": bulletin.id},
        named | {"bulletin_id": None},
        {},
        {},
    )


def _event(_world: World, make: Make) -> Shown:
    shown, other = event_in(make), event_in(make)
    return Shown(f"/events/{shown.id}", "author", {"event_id": shown.id}, {"event_id": other.id})


def _forum(_world: World, make: Make) -> Shown:
    shown, other = forum_in(make), forum_in(make)
    return Shown(f"/forums/{shown.id}", "author", {"event_id": shown.id}, {"event_id": other.id})


def _version(world: World, _make: Make) -> Shown:
    version = last(PlanVersion, PlanVersion.plan_id == world.actions["visible"].plan_id)
    named = {"action_id": world.actions["visible"].id}
    return Shown(
        f"/plan/{version.plan_id}/versions/{version.number}",
        "author",
        named,
        named,
        {"version": version.id, "number": version.number},
        {"version": version.id + 99, "number": 9},
    )


def _topic(world: World, _make: Make) -> Shown:
    topic = world.topics["published"]
    named = {"event_id": topic.forum_id}
    path = f"/forums/{topic.forum_id}/topics/{topic.id}"
    return Shown(path, "author", named, named, {"topic": topic.id}, {"topic": topic.id + 999})


def _by_fact(fact: str, who: str, path: str, number: Callable[[World, Make], int]) -> Callable[[World, Make], Shown]:
    def build(world: World, make: Make) -> Shown:
        found = number(world, make)
        return Shown(path.format(found), who, {}, {}, {fact: found}, {fact: found + 999})

    return build


def _frozen(world: World, make: Make) -> int:
    person = world.people["somebody"]
    make.restriction(person, kind="freeze")
    make.idea(person, HERE, "pending", suspect="fast:3")
    return int(person.id)


ROOM = 1
PAGES: dict[str, Callable[[World, Make], Shown]] = {
    "idea": _idea,
    "draft": _draft,
    "revision": _revision,
    "comment": _comment,
    "update": _update,
    "action": _of_action("", "author"),
    "links": _of_action("/links", "facilitator"),
    "report": _of_action("/bulletins/new", "author"),
    "bulletin": _bulletin,
    "version": _version,
    "event": _event,
    "topic": _topic,
    "forum": _forum,
    "case": _by_fact("case", "facilitator", "/moderation/cases/{}", lambda world, _make: world.cases["open"].id),
    "appeal": _by_fact(
        "appeal", "facilitator", "/moderation/appeals/{}", lambda world, _make: world.appeals["open"].id
    ),
    "measure": _by_fact("judged", "author", "/measures/{}/appeal", lambda world, _make: world.measures["over"].id),
    "handover": _by_fact(
        "handover", "neighbour", "/moderation/handovers/{}", lambda world, _make: world.handovers["open"].id
    ),
    "frozen": _by_fact("frozen", "facilitator", "/members/{}/freeze", _frozen),
    "profile": _by_fact("member", "coordinator", "/members/{}", lambda world, _make: world.people["member"].id),
    "reviews": _by_fact(
        "community", "facilitator", f"/moderation/{HERE}?queue=reviews", lambda _world, make: make.room(HERE).id
    ),
    "unanswered": _by_fact(
        "community", "facilitator", f"/moderation/{HERE}/bulk", lambda _world, make: make.room(HERE).id
    ),
    SAID_WHOLE: lambda world, _make: Shown(
        "/notifications?unread=1", "author", {"action_id": world.actions["visible"].id}
    ),
}
# It is told for as long as its thing is refused (`test_reading.py`).
APART = "measure.refuse"


def test_every_kind_that_is_told_has_a_page_that_reads_it(app: Flask) -> None:
    """A new kind fails here, and where it is told, until it says which page shows what it tells."""
    assert all(any(key == kind or key.startswith(f"{kind}.") for kind in KINDS) for key in (*NOTICES, *COUNTED)), (
        "a sentence of no kind"
    )
    assert {page for kind in KINDS.values() for page in kind.pages} == PAGES.keys()
    assert {getattr(view, "shows", "") for view in app.view_functions.values()} - {""} < PAGES.keys()
    assert all(any(kind == fact or kind.startswith(f"{fact}.") for kind in KINDS) for fact in AUDIENCES)
    with pytest.raises(KeyError):
        notices.tell(1, "comment.new_kind", "1")


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_reads_the_notices_of_what_it_shows_and_of_nothing_else(
    world: World, make: Make, sign_in: Any, page: str
) -> None:
    shown = PAGES[page](world, make)
    reader, kinds = (
        world.people[shown.who],
        [name for name, kind in KINDS.items() if page in kind.pages and name != APART],
    )
    with unit():
        for notice in every(Notice):
            db.session.delete(notice)
    mine, others = set(), set()
    for n, kind in enumerate(kinds):
        mine.add(
            tell(
                make,
                reader,
                kind,
                n,
                **shown.named,
                facts={"community": ROOM, "measure": 1, "count": 3, "until": "2027-01-01T12:00:00+00:00"} | shown.facts,
            ).id
        )
        if page != SAID_WHOLE and (shown.other or shown.other_facts):
            others.add(tell(make, reader, kind, -n - 1, **shown.other, facts=shown.other_facts).id)
        others.add(tell(make, world.people["admin"], kind, n + 1000, **shown.named, facts=shown.facts).id)
    browser = sign_in(reader)
    assert [browser.get(shown.path).status_code for _n in range(len(mine) // PAGE_SIZE + 1)][-1] == 200
    assert (read_ids() & mine, read_ids() & others) == (mine, set()), {
        one.kind for one in every(Notice) if one.id in mine - read_ids()
    }
