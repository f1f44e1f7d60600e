"""The form of minutes: the account, what was decided row by row, what it led to, how many came."""

import re
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.models.meetings import Event
from app.events.service.minutes import LARGEST, MOST_DECISIONS
from app.forms.base import Visible, line_field, text_field
from app.forms.figures import FigureField, Within, day_field
from app.forms.rows import Group, RowsForm

BODY, LINE, WHO, LINES, REASON = 40_000, 300, 120, 5_000, 300
BAD_NUMBER = _l("Écrivez un nombre de personnes, de 0 à 100 000.")
PLACE = re.compile(r"decisions-([0-9]+)-(\w+)")


def _decision(n: int) -> dict[str, Any]:
    return {
        "text": line_field(_l("Décision %(n)s", n=n), Visible(), most=LINE),
        "who": line_field(_l("Qui s'occupe de la décision %(n)s", n=n), Optional(), most=WHO),
        "due": day_field(_l("Échéance de la décision %(n)s", n=n), Optional()),
        "leads_to": line_field(_l("Ce à quoi mène la décision %(n)s", n=n), Optional()),
    }


def _people_field(label: Any) -> FigureField:
    return FigureField(label, [Within(0, LARGEST, BAD_NUMBER)], whole=True)


class MinutesForm(RowsForm):
    """The minutes of a meeting; `of` takes away the numbers that its way of meeting has no use for."""

    ASIDE = ("reason",)
    GROUPS = (Group("decisions", _decision, MOST_DECISIONS, label=_l("Décisions")),)
    body = text_field(_l("Compte rendu"), Optional(), most=BODY)
    concerns = text_field(_l("Ce qui en est sorti"), Optional(), most=LINES)
    came_in_person = _people_field(_l("Personnes venues sur place"))
    came_online = _people_field(_l("Personnes venues en ligne"))
    reason = line_field(_l("Ce que vous corrigez, et pourquoi"), Optional(), most=REASON)

    def offer(self, event: Event) -> Self:
        """Leave out what this meeting has no use for."""
        for name, is_asked in (
            ("came_in_person", event.is_in_person),
            ("came_online", event.is_online),
            ("reason", event.is_closed),
        ):
            if not is_asked:
                del self[name]
        return self

    @classmethod
    def of(cls, words: MinutesWords, event: Event) -> Self:
        """Return the form with these words."""
        values = {
            "body": words.body,
            "concerns": words.led_to,
            "came_in_person": words.came_in_person,
            "came_online": words.came_online,
        }
        rows = [{"text": one.text, "who": one.who, "due": one.due, "leads_to": one.leads_to} for one in words.decisions]
        return cls.fill(values, {"decisions": rows}).offer(event)

    def words(self) -> MinutesWords:
        """Return what was typed."""
        return MinutesWords(
            body=self.body.data or "",
            decisions=[DecisionWords(**row) for row in self.values_of("decisions")],
            led_to=self.concerns.data or "",
            came_in_person=self._number("came_in_person"),
            came_online=self._number("came_online"),
        )

    def _number(self, name: str) -> int | None:
        return self[name].data if name in self else None

    def say(self, field: str | None, message: str) -> None:
        """Show a refusal beside the row that it is about, whichever rows are empty."""
        named = PLACE.fullmatch(field or "")
        if named:
            rows = [row.number for row in self.rows("decisions") if not row.is_blank]
            field = f"decisions-{rows[int(named[1])]}-{named[2]}"
        super().say(field, message)
