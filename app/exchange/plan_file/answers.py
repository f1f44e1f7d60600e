"""What a person answered about a file: how its columns are read, what its words mean, one proof for all of it."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Answers:
    """The answers to the questions of one file.

    `headings` gives the key of a column ("" to leave it out) by the normal form of its heading (`columns.normalise`);
    `names` the code or address of a thing by its kind and its folded name ("territory:hemmingford"); `proof` is that
    of every milestone that is said to be reached without one. `recalled` are the headings that were answered with an
    earlier file of that plan. `is_partial`: the file describes a part of the plan. `head` is the place of the row of
    titles, from 0 (None: it is found).
    """

    headings: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    proof: str = ""
    recalled: list[str] = field(default_factory=list)
    is_partial: bool = False
    head: int | None = None

    def dump(self) -> dict[str, Any]:
        """Return them as JSON holds them."""
        return asdict(self)
