"""A full square, and the address of every kind of page in it, by who reads it."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import Any

from app.core.db import db
from app.core.text.plain import sort_key
from app.core.text.slug import slugify
from app.core.unit import unit
from app.ideas.models import Answer, Relation, Revision
from app.journal import service as journal
from app.moderation.merges.models import Merge
from app.notifications.service import notices
from app.reference.models import Tag, Territory
from app.reference.service import TAG
from tests import matrix
from tests.support import world
from tests.support.make import Make
from tests.support.world import BODY, ELSEWHERE, HERE, LONG, TITLE, World


def build(make: Make) -> World:
    """Store a square with something on every page, long words among it."""
    square = world.build(make)
    author, other = square.people["author"], square.people["somebody"]
    name = LONG[: TAG[1]]
    square.tags["long"] = make.add(Tag(slug=slugify(name), name=name, sort_key=sort_key(name)))
    idea = square.ideas["full"] = make.idea(
        author,
        HERE,
        "under_review",
        title=TITLE[:140],
        body=BODY,
        spot=LONG[:120],
        votes=12,
        issues=["education", "logement"],
        territories=["70052", "70022"],
        tags=[square.tags["kept"], square.tags["long"]],
        revisions_count=2,
    )
    make.add(
        Revision(
            idea_id=idea.id,
            number=2,
            title=idea.title,
            body=idea.body + "\n\nUn ajout.",
            body_html=idea.body_html,
            summary=LONG,
        )
    )
    _talk(make, square, idea, author, other)
    make.update(square.people["facilitator"], HERE, TITLE[:140], BODY)
    _kin(make, square, idea)
    _member(make, square)
    square.comments["own"] = make.comment(idea, square.people["member"], "Un commentaire que je peux corriger.")
    _decisions(make, square, idea)
    for fill in matrix.words("fill"):
        fill(make, square)
    return square


def _member(make: Make, square: World) -> None:
    """Fill in what a member can: a profile, a support, and three ideas (published, waiting, a draft) in all places."""
    member, places = (
        square.people["member"],
        {
            "issues": ["education", "logement"],
            "territories": ["70052", "70"],
            "communities": [ELSEWHERE],
            "tags": [square.tags["kept"], square.tags["merged"]],
        },
    )
    square.ideas["own"] = make.idea(member, HERE, **places)
    square.ideas["waiting"] = make.idea(member, HERE, "pending", suspect="first", **places)
    square.ideas["rough"] = make.idea(member, HERE, "draft", title="", **places)
    make.vote(member, square.ideas["full"], is_named=True)
    place = db.session.query(Territory).filter_by(code="70052").one()
    make.at(member, territory_id=place.id, organisation_id=square.organisations["quiet"].id, shows_organisation=True)


def _decisions(make: Make, square: World, idea: Any) -> None:
    """Lines of the journal, notices of each kind that leads somewhere, and an account that waits for somebody to look."""
    room, member = make.room(HERE).id, square.people["member"].id
    person = square.people["frozen"] = make.user(f"Zoé {LONG}"[:80])
    make.restriction(person, kind="freeze")
    make.idea(person, HERE, "pending", title=TITLE[:140], suspect="first burst links:4 fast:2")
    make.comment(idea, person, f"Encore {LONG}", status="pending", suspect="first burst")
    with unit():
        journal.record(
            "status", reason=f"Nous en parlons. {LONG}", community_id=room, idea_id=idea.id, status="under_review"
        )
        journal.record("hide", reason="Contraire à la charte.", community_id=room, on="comment")
        journal.record(
            "hide", reason="Entre nous.", community_id=make.room(world.SECLUDED).id, is_private=True, on="idea"
        )
        journal.record("charter", reason="Il reste une règle.", version=2)
        for kind in ("measure.hide", "status", "report.handled"):
            notices.tell(member, kind, "1", idea_id=idea.id, reason=f"Un motif. {LONG}", status="retained")


def _kin(make: Make, square: World, idea: Any) -> None:
    """Join an idea to the full one, and relate another to it."""
    team = square.people["facilitator"]
    duplicate = square.ideas["joined"] = make.idea(
        square.people["somebody"], HERE, title=f"Jointe {TITLE}"[:140], merged_into=idea.id, votes=2
    )
    make.add(Merge(idea_id=duplicate.id, into_id=idea.id, reason=f"La même chose {LONG}", by_id=team.id))
    make.comment(duplicate, square.people["author"], f"Sous celle qui est jointe : {LONG}")
    make.add(Relation(idea_id=idea.id, other_id=square.ideas["published"].id, kind="related", by_id=team.id))
    make.add(Answer(idea_id=square.ideas["published"].id, status="retained", reason=BODY.strip(), by_id=team.id))


def _talk(make: Make, square: World, idea: Any, author: Any, other: Any) -> None:
    first = square.comments["first"] = make.comment(idea, other, f"Un mot long : {LONG}", intent="wonder")
    answer = first
    for n in range(5):
        answer = make.comment(idea, author if n % 2 else other, f"Une réponse {n}.", parent=answer)
    for n in range(22):
        make.comment(idea, other, f"Une réponse de plus, {n}.", parent=first)
    for n, intent in enumerate(("appreciate", "suggest", "offer", None) * 2):
        make.comment(idea, other, f"Un commentaire, {n}.", intent=intent)


def pages(role: str, square: World) -> list[str]:
    """Return the pages that somebody reads, each once: what the files of the matrix give in PAGES."""
    return once(chain.from_iterable(one[role](square) for one in matrix.words("PAGES") if role in one))


def once(paths: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(paths))


ROLES = ("anyone", "member", "facilitator", "coordinator", "author", "admin", "neighbour")
READERS: dict[str, Callable[[World], list[str]]] = {role: partial(pages, role) for role in ROLES}
read_by_all, read_by_programs = READERS["anyone"], partial(pages, "program")
EMPTY = {
    role: once(chain.from_iterable(one.get(role, []) for one in matrix.words("EMPTY")))
    for role in ("anyone", "member", "coordinator", "admin")
}
