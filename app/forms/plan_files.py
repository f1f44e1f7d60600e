"""The forms of a plan that comes from a spreadsheet: the file, then where it goes, and why it is published."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, Optional

from app.core.text.plain import clean_line
from app.forms.base import Form, choices, text_field
from app.plan.models.structure import Plan

REASON, FILE_NAME = 1_000, 200
NO_FILE = _l("Choisissez un fichier.")


class UploadField(FileField):
    """A file that was sent, or None; it is read past the other fields, which are texts alone."""

    def process_formdata(self, _values: list[Any]) -> None:
        file = request.files.get(self.name)
        self.data = file if file is not None and file.filename else None


class PlanFileForm(Form):
    """A spreadsheet, and the plan that it is of."""

    file = UploadField(_l("Fichier"), [DataRequired(NO_FILE)], render_kw={"accept": ".csv,.xlsx,.ods"})
    plan = SelectField(_l("Plan"))
    extent = RadioField(
        _l("Ce fichier décrit"),
        choices=choices([("whole", _l("Tout le plan")), ("part", _l("Une partie du plan"))]),
        default="whole",
    )

    @classmethod
    def of(cls, plans: Iterable[Plan], **options: Any) -> "PlanFileForm":
        """Return the form with the plans among which one is chosen."""
        form = cls(**options)
        form.plan.choices = choices((plan.id, plan.title) for plan in plans)
        return form

    def content(self) -> tuple[bytes, str]:
        """Return what the file holds and how it is called."""
        file: Any = self.file.data
        return file.read(), clean_line(file.filename)[-FILE_NAME:]


class ImportForm(Form):
    """Where a file goes, and why a version is published at once; `version` names the words that were compared."""

    destination = RadioField(
        _l("Où va ce fichier"),
        choices=choices(
            [("draft", _l("Dans le brouillon")), ("version", _l("Publier tout de suite une nouvelle version"))]
        ),
        default="draft",
    )
    reason = text_field(_l("Motif de cette version"), Optional(), most=REASON)
    version = HiddenField(filters=[lambda value: value or ""])

    @property
    def is_at_once(self) -> bool:
        return bool(self.destination.data == "version")
