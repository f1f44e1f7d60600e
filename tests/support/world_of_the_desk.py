"""What the team of the square keeps to itself, and the changes that wait for it to read them."""

from datetime import UTC, datetime
from typing import Any

from app.accounts.models.changes import HeldRevision
from app.desk.models import Note, SavedReply
from app.ideas import writing
from app.ideas.writing import IdeaWords
from tests.support.make import Make

# When what waits was written: it names its version, which a form that decides of it sends.
WRITTEN = datetime(2026, 1, 2, tzinfo=UTC)


def add_notes_and_replies(make: Make, world: Any, here: int) -> None:
    by = world.people["facilitator"].id
    world.reply = make.add(
        SavedReply(
            community_id=here, title="canari-reponse", body="Merci. canari-reponse-texte, en deux mots.", by_id=by
        )
    )
    world.note = make.add(Note(idea_id=world.ideas["published"].id, body="canari-note : à revoir.", by_id=by))


def changes(make: Make, world: Any) -> None:
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
