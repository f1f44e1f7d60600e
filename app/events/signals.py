from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class EventPublished(Signal):
    event_id: int


@dataclass(frozen=True)
class EventMoved(Signal):
    event_id: int
    move_id: int


@dataclass(frozen=True)
class EventCancelled(Signal):
    event_id: int
