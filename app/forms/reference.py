"""The forms of issues, territories, tags, organisations and acronyms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, Regexp

from app.forms.base import REQUIRED, Form, Visible, limits, line_field, text_field
from app.forms.needs import Needs
from app.forms.overlaps import SharedForm
from app.reference import acronyms
from app.reference.entries import EntryWords
from app.reference.service import ORGANISATION, TAG

NAME, DESCRIPTION, SLUG = (2, 120), 5_000, (2, 60)
WITH_FRENCH = _l("Accompagne la description en français.")
ADDRESS = Regexp(
    r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Des minuscules sans accent, des chiffres et des traits d'union.")
)


class WordsForm(Form):
    """A community's or an issue's words, in both languages."""

    name = line_field(_l("Nom"), Visible(), limits(*NAME), most=NAME[1])
    name_en = line_field(_l("Nom en anglais"), Optional(), limits(*NAME), most=NAME[1])
    description = text_field(_l("Description"), Optional(), most=DESCRIPTION)
    description_en = text_field(
        _l("Description en anglais"), Needs("description", WITH_FRENCH), Optional(), most=DESCRIPTION
    )

    def words(self) -> EntryWords:
        fields = (self.name, self.name_en, self.description, self.description_en)
        return EntryWords(*(field.data or "" for field in fields))


class IssueForm(SharedForm, WordsForm):
    slug = line_field(_l("Fin de l'adresse"), Visible(), limits(*SLUG), ADDRESS, most=SLUG[1])


class TerritoryForm(SharedForm):
    name = line_field(_l("Nom"), Visible(), limits(*NAME), most=NAME[1])


class TagForm(SharedForm):
    name = line_field(_l("Nom"), Visible(), limits(*TAG), most=TAG[1])


class MergeForm(Form):
    into = line_field(_l("Étiquette qui la remplace"), Visible(), limits(*TAG), most=TAG[1])


class OrganisationMergeForm(Form):
    into = line_field(
        _l("Organisme qui le remplace"),
        Visible(),
        limits(*ORGANISATION),
        most=ORGANISATION[1],
        render_kw={"list": "known-organisations"},
    )


class OrganisationForm(SharedForm):
    name = line_field(_l("Nom"), Visible(), limits(*ORGANISATION), most=ORGANISATION[1])


class AcronymForm(SharedForm):
    name = line_field(_l("Sigle"), Visible(), limits(*acronyms.NAME), most=acronyms.NAME[1])
    meaning = line_field(_l("Ce qu'il veut dire"), Visible(), limits(*acronyms.MEANING), most=acronyms.MEANING[1])


class MoveForm(Form):
    direction = RadioField(validators=[InputRequired(REQUIRED)], choices=[SelectChoice("up"), SelectChoice("down")])

    def step(self) -> int:
        return -1 if self.direction.data == "up" else 1


NAME_FORMS: dict[str, Any] = {"territories": TerritoryForm, "organisations": OrganisationForm}
