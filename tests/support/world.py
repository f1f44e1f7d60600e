"""A square with one thing in each state, and one signed-in browser for each kind of person."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from app.comments.models import Thread
from app.communities.models import Membership
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.moderation.merges.models import Merge
from app.reference.models import Issue, Organisation, Tag
from tests import matrix
from tests.matrix import WRITTEN
from tests.support.browser import Browser
from tests.support.make import Make

HERE, ELSEWHERE, SECLUDED = "securite-alimentaire", "transport-collectif", "canari-cercle"
# Members of the private community; nobody but the coordinator has the charge of it.
INSIDERS = ("member", "author")
ROLES = ("anyone", "unconfirmed", "member", "author", "facilitator", "neighbour", "coordinator", "admin", "suspended")
IDEAS = ("draft", "pending", "published", "locked", "withdrawn", "archived", "hidden", "deleted", "merged", "private")

# Long words, and every kind of text, to look at.
LONG = "Anticonstitutionnellement" * 5
TITLE = f"Une idée dont un mot est très long : {LONG}"
BODY = f"""## Ce qui manque

Un texte avec [un lien](https://example.org/{LONG}), `{LONG}` et {LONG}.

> Une personne l'a dit, en toutes lettres.

| Municipalité | Trajets | Remarque |
|---|---|---|
| Beauharnois | 12 | {LONG} |

1. Une étape
2. Une autre

```
{LONG} {LONG}
```
"""


class World(SimpleNamespace):
    """The things of the square by their state: `world.ideas["hidden"]`, `world.people["member"]`.

    `author` wrote the ideas and comments, `facilitator` (of HERE) the updates; `somebody` wrote the rest. `coordinator`
    published the plan, whose actions `author` keeps up to date.
    """


def build(make: Make) -> World:
    """Store the square: each canary word names where it stands (`canari-…`)."""
    world = World(tokens={})
    # One transaction for many rows: ending one costs more than writing one.
    with unit():
        _people(make, world)
        _places(make, world)
        _ideas(make, world)
        _comments(make, world)
        _updates(make, world)
    for add in matrix.words("add"):
        add(make, world)
    return world


def _people(make: Make, world: World) -> None:
    profile = {"shows_about": True, "about": "Je me présente."}
    world.people = {
        "unconfirmed": make.user("Noé Attente", is_confirmed=False),
        "member": make.user("Mia Membre", **profile),
        "author": make.user("Ana Auteure"),
        "facilitator": make.user("Fae Animation"),
        "neighbour": make.user("Ned Voisin"),
        "coordinator": make.user("Coco Coordo", role="coordinator"),
        "admin": make.user("Ada Technique", role="admin"),
        "somebody": make.user("Sam Quelconque"),
    }
    world.people["suspended"] = make.user("Sue Suspendue")
    make.restriction(world.people["suspended"])
    make.facilitator(world.people["facilitator"], HERE)
    make.facilitator(world.people["neighbour"], ELSEWHERE)


def _places(make: Make, world: World) -> None:
    world.rooms = {
        "current": HERE,
        "archived": make.community(archived_at=clock.now()).slug,
        "secluded": make.community(slug="canari-cercle", name="canari-cercle", is_private=True).slug,
    }
    for who in INSIDERS:
        make.add(Membership(user_id=world.people[who].id, community_id=make.room(SECLUDED).id))
    world.tags = {"kept": make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))}
    world.tags["merged"] = make.add(
        Tag(slug="bicyclette", name="Bicyclette", sort_key="bicyclette", merged_into=world.tags["kept"].id)
    )
    world.issues = {"": db.session.scalars(select(Issue).order_by(Issue.id)).first()}
    # What a member keeps to themselves.
    world.organisations = {"quiet": make.add(Organisation(name="Entraide", sort_key="entraide"))}


def _ideas(make: Make, world: World) -> None:
    author, world.ideas = world.people["author"], {}
    for state in IDEAS:
        status = state if state in ("draft", "pending", "withdrawn", "archived") else "published"
        columns = {
            "hidden": hidden_columns(),
            "deleted": {"deleted_at": clock.now()},
            "pending": {"saved_at": WRITTEN},
        }.get(state, {})
        if state == "merged":
            columns = {"merged_into": world.ideas["published"].id}
        word = f"canari-idee-{state}"
        idea = make.idea(
            author,
            SECLUDED if state == "private" else HERE,
            status,
            title=f"Une idée {word}",
            body=f"Le texte {word}-texte. Et sa suite.",
            spot=f"Près du {word}-lieu",
            tags=[world.tags["kept"]],
            issues=["education"],
            territories=["70052"],
            **columns,
        )
        world.ideas[state] = idea
    make.add(
        Merge(
            idea_id=world.ideas["merged"].id,
            into_id=world.ideas["published"].id,
            reason="La même chose",
            by_id=world.people["facilitator"].id,
        )
    )
    make.at(_thread(world.ideas["locked"]), locked_at=clock.now(), locked_reason="trop vif")
    make.vote(world.people["somebody"], world.ideas["published"])


def _comments(make: Make, world: World) -> None:
    author, other, idea = world.people["author"], world.people["somebody"], world.ideas["published"]
    world.comments = {}
    for state, columns in {
        "visible": {},
        "hidden": hidden_columns(),
        "deleted": {"deleted_at": clock.now()},
        "late": {"created_at": clock.now() - timedelta(hours=2)},
        "held": {"status": "pending", "edited_at": WRITTEN},
    }.items():
        world.comments[state] = make.comment(idea, author, f"Le commentaire canari-commentaire-{state}.", **columns)
    world.comments["other"] = make.comment(idea, other, "Celui d'une autre personne.")
    world.comments["locked"] = make.comment(world.ideas["locked"], author, "Sous une idée verrouillée.")
    world.comments["private"] = make.comment(world.ideas["private"], author, "Entre nous, canari-commentaire-private.")
    world.comments["unseen"] = make.comment(world.ideas["hidden"], author, "Sous une idée canari-commentaire-unseen.")
    world.comments["reply"] = make.comment(idea, other, "Une réponse.", parent=world.comments["visible"])


def _updates(make: Make, world: World) -> None:
    world.updates = {}
    for state, columns in {
        "visible": {},
        "locked": {},
        "hidden": hidden_columns(),
        "deleted": {"deleted_at": clock.now()},
    }.items():
        word = f"canari-travaux-{state}"
        world.updates[state] = make.update(
            world.people["facilitator"], HERE, f"Des travaux {word}", f"Le texte {word}-texte.", **columns
        )
    world.updates["private"] = make.update(
        world.people["coordinator"],
        SECLUDED,
        "Des travaux canari-travaux-private",
        "Le texte canari-travaux-private-texte.",
    )
    make.at(_thread(world.updates["locked"]), locked_at=clock.now(), locked_reason="trop vif")
    world.comments["on_update"] = make.comment(world.updates["visible"], world.people["author"], "Merci des nouvelles.")


def hidden_columns() -> dict[str, Any]:
    return {"hidden_at": clock.now(), "hidden_reason": "hors du sujet"}


def _thread(subject: Any) -> Any:
    return db.session.get_one(Thread, subject.thread_id)


def browsers(world: World, sign_in: Callable[[Any], Browser], visitor: Browser) -> dict[str, Browser]:
    """Sign each role in once; each browser holds a token."""
    found = {role: visitor if role == "anyone" else sign_in(world.people[role]) for role in ROLES}
    for browser in found.values():
        browser.token = browser.token or browser._token()
    return found
