"""Things that happened, told to whoever the wiring names."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Signal:
    """Base of every past-tense fact."""


_reactions: dict[type[Signal], list[Callable[[Any], None]]] = defaultdict(list)


def connect(table: Mapping[type[Signal], Sequence[Callable[[Any], None]]]) -> None:
    """Replace every reaction by those of the table."""
    _reactions.clear()
    for signal, reactions in table.items():
        _reactions[signal].extend(reactions)


def tell(signal: Signal) -> None:
    """Let every reaction answer, in the transaction of whoever tells."""
    for react in _reactions[type(signal)]:
        react(signal)
