"""Fields for figures and days, which say in words what they expect."""

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import ValidationError

from app.core import number_format

LARGEST = 2_000_000_000
NO_FIGURE = _l("Écrivez un nombre, comme 40 ou 12,5.")
NO_WHOLE = _l("Écrivez un nombre entier, comme 12 000.")
NO_DAY = _l("Écrivez une date comme 2027-05-31 : l'année, le mois, le jour.")


class FigureField(StringField):
    """A number as people write it; `data` is None for an empty field. What is no number comes back as it was typed."""

    data: Any

    def __init__(self, label: Any = None, validators: Any = None, *, whole: bool = False, **options: Any):
        keywords = {"inputmode": "numeric" if whole else "decimal", "autocomplete": "off"}
        super().__init__(label, validators, render_kw=keywords | options.pop("render_kw", {}), **options)
        self._is_whole = whole

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        text = valuelist[0]
        self.data = number_format.parse_whole_number(text) if self._is_whole else number_format.parse_number(text)
        if text.strip() and self.data is None:
            raise ValueError(str(NO_WHOLE if self._is_whole else NO_FIGURE))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return (
            ""
            if self.data is None
            else number_format.format_number(self.data, "." if str(get_locale()) == "en" else ",")
        )


class Within:
    """Refuse a figure out of bounds; an empty field is another validator's affair."""

    def __init__(self, least: float, most: float, message: Any):
        self.least, self.most, self.message = least, most, message

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is not None and not self.least <= field.data <= self.most:
            raise ValidationError(str(self.message))


def day_field(label: Any, *validators: Any, **options: Any) -> DateField:
    """Make the field of a day, which may be empty unless a validator says otherwise."""
    return DateField(label, [*validators], invalid_value_message=NO_DAY, **options)


def format_iso(field: DateField) -> str:
    """Return the day of a field as an outline writes it, "" for none."""
    return field.data.isoformat() if field.data else ""
