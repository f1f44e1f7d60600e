"""What is typed of a line of notes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LineWords:
    """Something said in a session; of an action, who carries it (`holder`) and for when (`due_on`).

    The team may have copied it `from_paper`.
    """

    kind: str
    text: str
    lang: str = "fr"
    holder: str = ""
    due_on: date | None = None
    from_paper: bool = False
