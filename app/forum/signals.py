from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class PhaseMoved(Signal):
    """A forum went on to another phase, or back to one."""

    forum_id: int
    phase: str


@dataclass(frozen=True)
class ForumRemoved(Signal):
    """A forum is about to be deleted, with its topics."""

    forum_id: int


@dataclass(frozen=True)
class ForumEmptied(Signal):
    """All that is in a forum is about to be deleted: it is taken back, or a rehearsal ends or begins anew."""

    forum_id: int


@dataclass(frozen=True)
class TopicChanged(Signal):
    """What became of a topic (`what`): see `CHANGES`. `by` is the member who did it, if it was one."""

    topic_id: int
    what: str
    by: int | None = None


CHANGES = ("pitched", "withdrawn", "joined", "placed", "moved", "taken_off")
"""It is on the wall, was withdrawn, joined to another, given a room and an hour, or others, or taken out of them."""


@dataclass(frozen=True)
class HostChanged(Signal):
    """What became of somebody who offers to hold a topic with its host (`what`): see `OFFERS`.

    They have the place `registration_id`, and the account `user_id` if they have one; `by` is the member who did it.
    """

    topic_id: int
    registration_id: int
    user_id: int | None
    what: str
    by: int | None = None


OFFERS = ("offered", "taken_back", "accepted", "left")
"""They offered, took their offer back, were accepted, or hold it no more once they were."""


@dataclass(frozen=True)
class InterestGrew(Signal):
    """More people are interested in a topic: `count`, who were `former`."""

    topic_id: int
    count: int
    former: int
