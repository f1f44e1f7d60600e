"""First posts that wait for the team, and accounts that the site froze."""

from typing import Any

from app.accounts.models.changes import HeldRevision
from app.core.unit import unit
from app.ideas import writing
from app.ideas.writing import IdeaWords
from app.moderation.first_posts.models import FrozenAccount
from tests.matrix import HELD_READ, LATE, READ, REASON, TEAM, WRITTEN, Row, closed_form, form, late
from tests.support.make import Make
from tests.support.world import HERE

IDEA, COMMENT, HELD = "/ideas/<id:idea_id>", "/comments/<id:comment_id>", "/held-revisions/<id:held_id>"
ROUTES = [
    Row(
        f"POST {IDEA}/admission",
        "pending",
        "401 anyone; 303 facilitator coordinator; 404 *",
        "ideas threads revisions status_changes measures journal notices users",
        READ,
    ),
    Row(f"POST {IDEA}/admission", "published locked withdrawn archived hidden merged", LATE),
    Row(f"POST {IDEA}/admission", "private", "401 anyone; 409 coordinator; 404 *"),
    Row(f"POST {IDEA}/admission", "draft deleted", "401 anyone; 404 *"),
    Row(f"GET {IDEA}/comparison", "pending", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(
        f"GET {IDEA}/comparison",
        "published locked withdrawn archived hidden merged private draft deleted",
        "303 anyone; 404 *",
    ),
    # Nothing was published within the minute on the square: tests/web/moderation/test_unpublishing.py does it.
    Row(f"POST {IDEA}/admission/withdrawal", "pending published locked withdrawn archived hidden merged", LATE),
    Row(f"POST {IDEA}/admission/withdrawal", "private", "401 anyone; 409 coordinator; 404 *"),
    Row(f"POST {IDEA}/admission/withdrawal", "draft deleted", "401 anyone; 404 *"),
    *form(f"{IDEA}/refusal", "pending", TEAM, "ideas threads measures journal notices", REASON | READ),
    *closed_form(f"{IDEA}/refusal", "draft deleted", REASON),
    *late(f"{IDEA}/refusal", "published locked withdrawn archived hidden merged", TEAM, REASON),
    *late(f"{IDEA}/refusal", "private", "coordinator", REASON),
    Row(
        f"POST {COMMENT}/admission",
        "held",
        "401 anyone; 303 facilitator coordinator; 404 *",
        "comments threads ideas measures journal notices users",
        READ,
    ),
    Row(f"POST {COMMENT}/admission", "visible hidden late other locked reply on_update on_action", LATE),
    Row(f"POST {COMMENT}/admission", "private", "401 anyone; 409 coordinator; 404 *"),
    Row(f"POST {COMMENT}/admission", "deleted unseen under_hidden", "401 anyone; 404 *"),
    Row(
        f"POST {COMMENT}/admission/withdrawal", "held visible hidden late other locked reply on_update on_action", LATE
    ),
    Row(f"POST {COMMENT}/admission/withdrawal", "private", "401 anyone; 409 coordinator; 404 *"),
    Row(f"POST {COMMENT}/admission/withdrawal", "deleted unseen under_hidden", "401 anyone; 404 *"),
    *form(f"{COMMENT}/refusal", "held", TEAM, "comments measures journal notices", REASON | READ),
    *late(f"{COMMENT}/refusal", "visible hidden late other locked reply on_update on_action", TEAM, REASON),
    *closed_form(f"{COMMENT}/refusal", "deleted unseen under_hidden", REASON),
    *late(f"{COMMENT}/refusal", "private", "coordinator", REASON),
    Row(f"GET {HELD}", "open", "303 anyone; 200 author facilitator coordinator; 404 *"),
    Row(f"GET {HELD}", "refused", "303 anyone; 200 author; 404 *"),
    Row(f"GET {HELD}", "closed", "303 anyone; 404 *"),
    Row(f"GET {HELD}/withdrawal", "open refused", "303 anyone; 200 author; 404 *"),
    Row(f"GET {HELD}/withdrawal", "closed", "303 anyone; 404 *"),
    Row(f"POST {HELD}/withdrawal", "open refused", "401 anyone; 303 author; 404 *", "held_revisions"),
    Row(f"POST {HELD}/withdrawal", "closed", "401 anyone; 404 *"),
    Row(
        f"POST {HELD}/admission",
        "open",
        "401 anyone; 303 facilitator coordinator; 404 *",
        "held_revisions ideas threads idea_issues idea_territories idea_tags tags slugs revisions measures journal"
        " notices users",
        HELD_READ,
    ),
    Row(f"POST {HELD}/admission", "refused closed", LATE),
    *form(f"{HELD}/refusal", "open", TEAM, "held_revisions measures journal notices", REASON | HELD_READ),
    *late(f"{HELD}/refusal", "refused closed", TEAM, REASON),
    # Nobody is frozen on the square; the tests of tests/web/moderation/test_burst.py freeze somebody.
    *closed_form("/members/<id:user_id>/freeze", "", REASON),
]
PAGES = {
    "author": lambda square: [
        *(f"/held-revisions/{square.revisions[state].id}" for state in ("open", "refused")),
        f"/held-revisions/{square.revisions['open'].id}/withdrawal",
    ],
    "facilitator": lambda square: [
        f"/ideas/{square.ideas['pending'].id}/refusal",
        f"/ideas/{square.ideas['pending'].id}/comparison",
        f"/comments/{square.comments['held'].id}/refusal",
        f"/ideas/{square.ideas['pending'].id}/refusal?back=pending////",
        f"/members/{square.people['frozen'].id}/freeze",
        f"/held-revisions/{square.revisions['open'].id}",
        f"/held-revisions/{square.revisions['open'].id}/refusal",
    ],
}
FORMLESS = {
    f"POST {noun}/admission/withdrawal": "it is shown once something was published: tests/web/moderation/test_unpublishing.py"
    for noun in (IDEA, COMMENT)
}
VARIABLES = {"held_id": lambda world, state: world.revisions[state].id}


@unit()
def add(make: Make, world: Any) -> None:
    """`author` would change three texts: one waits, the team refused another, the last one was taken back."""
    by, idea, late, other = (
        world.people["author"].id,
        world.ideas["locked"],
        world.comments["late"],
        world.comments["on_update"],
    )
    words = IdeaWords(
        title="Un titre canari-modif",
        body="Le texte canari-modif-texte.",
        community_id=idea.community_id,
        tags=("canari-modif",),
    )
    world.revisions = {}
    for state, columns in {
        "open": {"idea_id": idea.id, "words": writing.pack(words, "canari-modif"), "suspect": "trap", "at": WRITTEN},
        "refused": {
            "comment_id": late.id,
            "words": {"body": "Le commentaire canari-modif-refus."},
            "suspect": "trap",
            "reason": "Hors du sujet.",
        },
        "closed": {"comment_id": other.id},
    }.items():
        world.revisions[state] = make.add(HeldRevision(by_id=by, state=state, **columns))


LAW = {"frozen account": {"account:review": TEAM}}


def subject(make: Make, _people: Any, _name: str) -> FrozenAccount:
    user = make.user()
    return FrozenAccount(make.restriction(user, kind="freeze"), user.name, frozenset({make.room(HERE).id}))
