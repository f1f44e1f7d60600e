"""What a press on the board of a forum says: the cell, and where its page showed the topic."""

from wtforms import HiddenField

from app.core.numbers import row_number
from app.forms.base import Form
from app.forum.service.placing import Place


class PlacingForm(Form):
    """`slot` and `room` are the cell that was pressed, `other` the topic that is in it, `seen` where the topic was."""

    slot = HiddenField()
    room = HiddenField()
    seen = HiddenField()
    other = HiddenField()

    @property
    def place(self) -> Place:
        return Place(row_number(self.slot.data or ""), row_number(self.room.data or ""))

    @property
    def seen_place(self) -> Place | None:
        """Return where the page showed the topic, None where it had no room."""
        slot, dash, room = (self.seen.data or "").partition("-")
        return Place(row_number(slot), row_number(room)) if dash else None

    @property
    def other_id(self) -> int:
        return row_number(self.other.data or "")


def write_place(place: Place | None) -> str:
    """Return a place as `seen` bears it."""
    return f"{place.slot_id}-{place.room_id}" if place else ""
