"""The words of minutes as they are typed: the account, what was decided, what it led to, how many came."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self


@dataclass(frozen=True)
class DecisionWords:
    """What was decided; `leads_to` is a line that names an idea or an action of the plan."""

    text: str
    who: str = ""
    due: date | None = None
    leads_to: str = ""


@dataclass(frozen=True)
class MinutesWords:
    """What somebody typed; `led_to` names ideas and actions, one a line, and a number of people is None until said."""

    body: str = ""
    decisions: Sequence[DecisionWords] = field(default_factory=list)
    led_to: str = ""
    came_in_person: int | None = None
    came_online: int | None = None

    def to_draft(self) -> dict[str, Any]:
        """Return these words as a draft holds them, in JSON."""
        decisions = [asdict(one) | {"due": one.due.isoformat() if one.due else ""} for one in self.decisions]
        return asdict(self) | {"decisions": decisions}

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any]) -> Self:
        """Return the words that a draft holds."""
        decisions = [
            DecisionWords(**(row | {"due": date.fromisoformat(row["due"]) if row["due"] else None}))
            for row in draft.get("decisions", ())
        ]
        return cls(**(dict(draft) | {"decisions": decisions}))
