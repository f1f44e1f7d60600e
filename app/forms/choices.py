"""What is typed of a choice: what one chooses among, dots on each candidate, sums of paper, what is decided."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self

from flask import request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired, Optional

from app.choices.models import Choice, ChoiceCandidate
from app.choices.service.paper import MOST_BALLOTS
from app.choices.words import ChoiceWords, DecisionWords
from app.core.numbers import row_number
from app.core.text.plain import clean_line
from app.forms.base import BoxesField, Form, Visible, choices, limits, line_field, text_field
from app.forms.figures import FigureField, Within
from app.forms.overlaps import Part, SharedForm

LINE, IDEAS, TYPED, DECISION, CARRIED, LINK = (3, 400), 8_000, 20_000, 1_000, 160, 300
STEPS = {"more": 1, "less": -1}
MOST_DOTS, MOST_SUM = 10, 50_000
BAD_DOTS = _l("Écrivez un nombre, de 1 à 10.")
MORE_THAN_ALL = _l("C'est plus que toutes les pastilles d'une personne.")
BAD_LINE = _l("Ligne %(n)s : une proposition compte de 3 à 400 caractères.")
BAD_PLACED = _l("Écrivez un nombre de pastilles, comme 2, ou laissez vide.")
BAD_BALLOTS = _l("Écrivez un nombre de bulletins, de 0 à 5 000.")


class ChoiceForm(Form):
    """What one chooses among, and with how many dots; each line of `typed` is a candidate."""

    lines = BoxesField(_l("Lignes des séances"), [], validate_choice=False)
    ideas = text_field(_l("Idées de la plateforme, une par ligne"), Optional(), most=IDEAS)
    typed = text_field(_l("Autres propositions, une par ligne"), Optional(), most=TYPED)
    dots = FigureField(
        _l("Pastilles par personne"), [InputRequired(BAD_DOTS), Within(1, MOST_DOTS, BAD_DOTS)], whole=True
    )
    most_on_one = FigureField(
        _l("Au plus sur une même proposition"), [InputRequired(BAD_DOTS), Within(1, MOST_DOTS, BAD_DOTS)], whole=True
    )

    def offer(self, lines: Sequence[tuple[int, str]]) -> Self:
        """Offer lines of notes, as (number, words)."""
        self.lines.choices = choices(lines)
        if not self.is_submitted():
            self.dots.data, self.most_on_one.data = 5, 3
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        for n, line in enumerate(self._list_typed(), start=1):
            if not LINE[0] <= len(line) <= LINE[1]:
                self.say("typed", str(BAD_LINE) % {"n": n})
                is_right = False
        if is_right and self.most_on_one.data > self.dots.data:
            self.say("most_on_one", str(MORE_THAN_ALL))
            return False
        return is_right

    def _list_typed(self) -> list[str]:
        return [line for text in (self.typed.data or "").splitlines() if (line := clean_line(text))]

    def words(self, ideas: Sequence[int]) -> ChoiceWords:
        """Return what was typed, once the form is right, in the language of the page; `ideas` are those it names."""
        lines = [row_number(number) for number in self.lines.data or ()]
        typed = tuple(dict.fromkeys(self._list_typed()))
        return ChoiceWords(
            int(self.dots.data), int(self.most_on_one.data), lines, tuple(ideas), typed, get_locale().language
        )


class DotsForm(Form):
    """A number of dots for each candidate, in their order: the field `dots-n`, n from 0."""

    COUNT = 0

    @classmethod
    def of(cls, labels: Sequence[str], placed: Sequence[int] | None = None) -> Any:
        """Return the form with a field for each candidate under its words; `placed` are stored (None: as was sent)."""
        base: Any = cls
        kind = _with_cells(base, len(labels))
        values = {f"dots-{n}": number for n, number in enumerate(placed or ())}
        form = kind() if placed is None else kind(formdata=None, data=values)
        for cell, label in zip(form.cells, labels, strict=True):
            cell.label.text = label
        return form

    @property
    def cells(self) -> list[Any]:
        """Return the fields of the candidates, in their order."""
        fields: Any = self._fields
        return [fields[f"dots-{n}"] for n in range(self.COUNT)]

    def read_press(self) -> int | None:
        """Return the candidate whose button was pressed, by its place; None for the button that stores all."""
        act, _space, at = request.form.get("act", "").partition(" ")
        n = int(at) if act in STEPS and at.isascii() and at.isdigit() and len(at) < 3 else self.COUNT
        return n if n < self.COUNT else None

    def placed(self) -> list[int]:
        """Return the numbers, once the form is right, after the press of a button that adds a dot or takes one off.

        That button is named `act`: `more n` or `less n`.
        """
        numbers, n = [int(cell.data or 0) for cell in self.cells], self.read_press()
        if n is not None:
            numbers[n] = max(0, numbers[n] + STEPS[request.form["act"].partition(" ")[0]])
        return numbers


@lru_cache(maxsize=128)
def _with_cells(kind: Any, count: int) -> Any:
    """Return the form with so many candidates."""
    checks = [Optional(), Within(0, MOST_SUM, BAD_PLACED)]
    fields = {f"dots-{n}": FigureField("", checks, whole=True) for n in range(count)}
    return type(kind.__name__, (kind,), {"COUNT": count} | fields)


class BallotForm(DotsForm):
    """The dots of one person; `opened` says when the choice that the page showed was opened."""

    opened = HiddenField()

    def at(self, choice: Choice) -> Self:
        """Note for which choice it is."""
        self.opened.data = choice.opened_at.isoformat()
        return self

    def is_of_another(self, choice: Choice) -> bool:
        """Tell whether it was sent for a choice that was taken back, where another stands now."""
        return bool(self.opened.data) and self.opened.data != choice.opened_at.isoformat()


class PaperForm(SharedForm, DotsForm):
    """How many paper ballots there are, and the sum of their dots on each candidate."""

    def parts(self) -> dict[str, Part]:
        """Return what two people may type at once: an empty cell is no dot."""
        cells = {cell.name for cell in self.cells}
        return {
            name: part._replace(value=part.value or 0) if name in cells else part
            for name, part in super().parts().items()
        }

    ballots = FigureField(
        _l("Bulletins de papier"), [InputRequired(BAD_BALLOTS), Within(0, MOST_BALLOTS, BAD_BALLOTS)], whole=True
    )


class SumsForm(Form):
    """The press that confirms sums; `seen` says when those that the page showed were typed."""

    seen = HiddenField()


class DecisionForm(SharedForm):
    """What the circle decided of a candidate; `link` names an idea, or an action of the plan."""

    decision = text_field(_l("Ce qui est décidé"), Visible(), limits(3, DECISION), most=DECISION)
    carried_by = line_field(_l("Qui s'en charge"), Optional(), most=CARRIED)
    link = line_field(_l("L'idée ou l'action du plan que ça rejoint"), Optional(), most=LINK)

    @classmethod
    def of(cls, candidate: ChoiceCandidate, link: str) -> Self:
        """Return the form with what is stored; `link` is the line that names the idea or the action."""
        return cls(
            formdata=None,
            data={"decision": candidate.decision, "carried_by": candidate.carried_by, "link": link},
        )

    def words(self, idea_id: int | None, action_id: int | None) -> DecisionWords:
        """Return what was typed, once the form is right, in the language of the page."""
        return DecisionWords(self.decision.data, self.carried_by.data or "", get_locale().language, idea_id, action_id)
