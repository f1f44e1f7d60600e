"""Role × route × state, in writing: what each kind of person is answered at each address, in each state of the thing.

A row is a method and a rule, the states it speaks of, and the answers: `303 anyone; 200 author; 404 *` (`*` is all the
others). An act that succeeds names the tables that it may change, and no other act may change any.
"""

import importlib
import pkgutil
from dataclasses import dataclass, field
from typing import Any

from tests.support.browser import AS_SHOWN
from tests.support.world_of_the_desk import WRITTEN


@dataclass(frozen=True)
class Row:
    rule: str
    states: str
    answers: str
    changes: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return self.rule.split(" ")[0]

    def codes(self, roles: tuple[str, ...]) -> dict[str, int]:
        """Map each role to the status code of its answer."""
        codes: dict[str, int] = {}
        for clause in self.answers.split(";"):
            code, *names = clause.split()
            for role in roles if names == ["*"] else names:
                codes.setdefault(role, int(code))
        return codes


# Once an idea is submitted, its form does not choose the community that leads it.
IDEA_EDITED = {"kind": "need", "title": "Un titre assez long pour passer", "body": "Un autre texte.", "lang": "fr"}
IDEA_TYPED = IDEA_EDITED | {"community": "1"}
TEAM = "facilitator coordinator"
LATE = "401 anyone; 409 facilitator coordinator; 404 *"
# The words that wait on the square, as the pages that show them name them; those of a held revision have its number.
READ = {"version": f"{WRITTEN:%Y%m%d%H%M%S%f}"}
HELD_READ = {"version": f"1-{READ['version']}"}
# What a form that several people may write says of what its page showed.
ON_PAGE = {"seen": AS_SHOWN}
REASON = {"reason": "Cela ne respecte pas la charte."}
UPDATE_TYPED = {"title": "Un titre de travaux assez long", "body": "Où nous en sommes.", "lang": "fr"}
WAYS = {"answer_days": "30", "stalled_days": "90"}
WORDS = {"name": "Un nom", "description": "Ce que c'est."}


def form(
    page: str, states: str, may: str, changes: str = "", data: dict[str, Any] | None = None, *, refusal: str = "404 *"
) -> list[Row]:
    """Return the two rows of a form that those named read and send; others are refused, the public first signs in."""
    return [
        Row(f"GET {page}", states, f"303 anyone; 200 {may}; {refusal}"),
        Row(f"POST {page}", states, f"401 anyone; 303 {may}; {refusal}", changes, data or {}),
    ]


def late(page: str, states: str, may: str, data: dict[str, Any] | None = None, *, refusal: str = "404 *") -> list[Row]:
    """Return the two rows of a form that nobody reads any more, and that comes too late from those named."""
    return [
        Row(f"GET {page}", states, f"303 anyone; {refusal}"),
        Row(f"POST {page}", states, f"401 anyone; 409 {may}; {refusal}", data=data or {}),
    ]


def closed_form(page: str, states: str, data: dict[str, Any] | None = None, *, refusal: str = "404 *") -> list[Row]:
    """Return the two rows of a form that nobody may read or send."""
    return late(page, states, "", data, refusal=refusal)


def tables_of_rows() -> list[Row]:
    """Return the rows of every module here: a room adds its own file."""
    names = [part.name for part in pkgutil.iter_modules(__path__, f"{__name__}.")]
    return [row for name in names for row in importlib.import_module(name).TABLE]
