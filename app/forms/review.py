"""What is typed of a line that finds its place: a new idea, one that is there, an action of the plan, a reason."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.forms.base import REQUIRED, BoxesField, Form, Visible, choices, key_field, limits, line_field, parse_number
from app.forms.ideas import TITLE, parse_id
from app.ideas.queries.reading import NUMBER
from app.ideas.writing import IdeaWords
from app.plan.models.structure import Action

REASON = (5, 300)
NO_NUMBER = _l("Écrivez le numéro ou l'adresse de l'idée.")
NOTHING = _l("Cochez au moins une ligne.")
# What a line is most often, as an idea: a question becomes what one would like to know.
KIND_OF = {"need": "need", "aspiration": "aspiration", "action": "project"}


class FateForm(Form):
    """`was` is the fate that the page showed of the line: "" for none."""

    was = HiddenField(filters=[lambda value: value or ""])

    @property
    def kept(self) -> str:
        """Return what was typed in it, for whoever was too late."""
        return ""


class NewIdeaForm(FateForm):
    title = line_field(_l("Titre"), Visible(), limits(*TITLE), most=TITLE[1])
    kind = SelectField(_l("Nature"), [InputRequired(REQUIRED)])
    community = SelectField(_l("Communauté"), [InputRequired(REQUIRED)], coerce=parse_id)
    territory = SelectField(_l("Où"), [Optional()], coerce=parse_id)
    form_key = key_field()

    def offer(
        self, kinds: Iterable[tuple[str, Any]], rooms: Iterable[tuple[int, str]], places: Iterable[tuple[int, str]]
    ) -> Self:
        self.kind.choices = choices(kinds)
        self.community.choices = choices([("", _l("Choisissez une communauté")), *rooms])
        self.territory.choices = choices([("", _l("Toute la région")), *places])
        return self

    def validate(self, extra_validators: object = None) -> bool:
        is_right = super().validate(extra_validators)
        if not self.community.data and not self.community.errors:
            self.say("community", str(REQUIRED))
        return is_right and bool(self.community.data)

    @property
    def kept(self) -> str:
        return self.title.data or ""

    def words(self, body: str, lang: str) -> IdeaWords:
        """Return what was typed, once the form is right, with the words as they were said."""
        places = (self.territory.data,) if self.territory.data else ()
        return IdeaWords(self.title.data, body, self.kind.data, lang, self.community.data, territories=places)


class SharedFateForm(FateForm):
    """The form of a place that several lines of a session may be given together: the open one, and those in `also`."""

    also = BoxesField(_l("Les autres lignes qui vont avec elle"), [Optional()], coerce=parse_number)

    def offer_also(self, lines: Iterable[tuple[int, str]]) -> None:
        self.also.choices = choices(lines)


class JoinIdeaForm(SharedFateForm):
    idea = line_field(_l("Une autre idée, par son numéro ou son adresse"), Visible(NO_NUMBER), most=300)

    @property
    def kept(self) -> str:
        return self.idea.data or ""

    def find_number(self) -> int:
        """Return the number of the idea; 0 for what names none."""
        named = NUMBER.fullmatch((self.idea.data or "").strip())
        return int(named[1]) if named else 0


class LineActionForm(SharedFateForm):
    action = SelectField(_l("Action du plan"), [InputRequired(REQUIRED)], coerce=parse_number, validate_choice=False)

    def offer(self, actions: Sequence[Action]) -> Self:
        """Fill the choice of an action, under its objective."""
        options = [
            SelectChoice(str(one.id), f"{one.code} {one.title}", optgroup=f"{one.objective.code} {one.objective.title}")
            for one in actions
        ]
        self.action.choices = [SelectChoice("", str(_l("Choisissez une action"))), *options]
        return self


class AsideForm(Form):
    """Lines put aside, one or several at once; the words of each are the label of its box."""

    lines = BoxesField(_l("Les lignes à mettre de côté"), [InputRequired(NOTHING)], coerce=parse_number)
    reason = line_field(_l("Motif, que tout le monde lira"), Visible(), limits(*REASON), most=REASON[1])

    def offer(self, lines: Iterable[tuple[int, str]]) -> Self:
        self.lines.choices = choices(lines)
        return self
