from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class EventPublished(Signal):
    event_id: int


@dataclass(frozen=True)
class EventCloned(Signal):
    """The draft of a meeting was begun from another one; `takes_rest`: with what was not dealt with there."""

    event_id: int
    former_id: int
    by: int
    takes_rest: bool = False


@dataclass(frozen=True)
class EventMoved(Signal):
    event_id: int
    move_id: int


@dataclass(frozen=True)
class EventCancelled(Signal):
    event_id: int


@dataclass(frozen=True)
class ChargeGiven(Signal):
    event_id: int
    user_id: int
    kind: str
    by: int


@dataclass(frozen=True)
class MinutesPublished(Signal):
    """The account of a meeting is published, which closes it."""

    event_id: int


@dataclass(frozen=True)
class MinutesCorrected(Signal):
    event_id: int
    number: int


@dataclass(frozen=True)
class EventChanged(Signal):
    """It is held elsewhere, or joined in another way."""

    event_id: int
    by: int


@dataclass(frozen=True)
class PlacesGiven(Signal):
    """Registrations that waited have their place now."""

    event_id: int
    registration_ids: tuple[int, ...]


@dataclass(frozen=True)
class Arrived(Signal):
    """Somebody is there: the door let them in, or they showed that they are in the room."""

    registration_id: int


@dataclass(frozen=True)
class PlaceGivenBack(Signal):
    """Somebody who had a place, or waited for one, does not come."""

    event_id: int
    registration_id: int


@dataclass(frozen=True)
class PlaceTakenOver(Signal):
    """The place of a guest is that of an account from now on: `user_id`."""

    registration_id: int
    user_id: int


@dataclass(frozen=True)
class GuestRenamed(Signal):
    """A guest gave another name, or the same one from the screen instead of the room, or back."""

    registration_id: int
    name: str


@dataclass(frozen=True)
class PlacesForgotten(Signal):
    """Registrations are about to be deleted."""

    registration_ids: tuple[int, ...]


@dataclass(frozen=True)
class GuestsForgotten(Signal):
    """The names of guests are erased; their registrations stay, as numbers."""

    registration_ids: tuple[int, ...]
