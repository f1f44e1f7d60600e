"""How often a participant acts: counted for the person, since a hall has one network."""

from app.accounts import limits
from app.core.actor import Actor


def get_key(actor: Actor, registration_id: int) -> limits.Key:
    """Return what an act is counted for: a member, or the place of a guest (0: they have none)."""
    return actor if actor.is_someone else f"registration:{registration_id}"


def count_press(actor: Actor, registration_id: int) -> None:
    """Count a press. Raise TooMany."""
    limits.take("press", get_key(actor, registration_id))
