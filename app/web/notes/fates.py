"""What the lines said in a forum have become, in words: it is asked today, and kept nowhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.notes.models import PublishedLine


@dataclass(frozen=True)
class Fate:
    """What a line has become (`words`), with the page of what it leads to; `is_end` where it stops, with its reason."""

    words: str
    url: str = ""
    is_end: bool = False


NOTHING_YET = Fate("")


def describe_fates(_lines: Sequence[PublishedLine]) -> Mapping[int, Fate]:
    """Map lines to what each has become, as far as the reader may read it; a line that is absent leads nowhere yet.

    The lines are those of one forum, asked together: one statement, or a few, answers for all.
    """
    return {}
