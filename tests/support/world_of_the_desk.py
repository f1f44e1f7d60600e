"""What the team of the square keeps to itself: a reply at hand, and a note on an idea."""
from typing import Any

from app.moderation.models.desk import Note, SavedReply
from tests.support.make import Make


def kept(make: Make, world: Any, here: int) -> None:
    by = world.people["facilitator"].id
    world.reply = make.add(SavedReply(
        community_id=here, title="canari-reponse", body="Merci. canari-reponse-texte, en deux mots.", by_id=by))
    world.note = make.add(Note(idea_id=world.ideas["published"].id, body="canari-note : à revoir.", by_id=by))
