"""How often a participant presses: counted for the person, since a hall has one network."""

from app.accounts import limits
from app.core.actor import Actor


def count_press(actor: Actor, registration_id: int) -> None:
    """Count a press for a member, or for the place of a guest. Raise TooMany."""
    limits.take("press", actor if actor.is_someone else f"registration:{registration_id}")
