"""The base of every form: clean text, limits on each field, no single-valued field twice."""

import secrets
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from babel import Locale, numbers
from babel.support import Translations
from flask import abort, request
from flask_babel import format_decimal, get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.i18n import messages_path
from wtforms.validators import Length, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from app.core.errors import NotSent
from app.core.numbers import row_number
from app.core.text.plain import clean_line, clean_text, has_visible

# The label of a choice that is archived.
ARCHIVED = _l("%(name)s (aux archives)")
REQUIRED = _l("Ce champ est obligatoire.")
LINE, TEXT = 200, 20_000
# How many large numbers are kept as they are written.
NUMBERS = 2_000
# The name of a button that only puts a saved reply into a form.
BEGIN = "begin"
# The name of a button that only asks for the page of a form again, in another language or theme.
SHOW_AGAIN = "show_again"
# The name of the field that says, beside it, that a secret or a file was there and is to be given once more.
LACKS = "lacks"
# The names of the fields that hold somebody's words, which they read again when a form is given back: these lines, and
# every text of a form. Other lines are codes, names of others and addresses.
TEXT_NAMES = {"title", "name", "name_en", "spot", "tags"}


def parse_number(value: object) -> int:
    """Read a number of ours as a form gives it back; 0 when it is none."""
    return row_number(str(value or ""))


@cache
def _own_words(language: str) -> Any:
    """Read what WTForms says by itself, once for each language: Flask-WTF reads it for each request with a form."""
    return Translations.load(messages_path(), [language], domain="wtforms")


class Form(FlaskForm):
    """A form that answers 400 to a single-valued field sent several times, and reads fields alone: no file, no JSON.

    `must_wait` tells that it was refused for coming too often: nothing in it is to be corrected. One that is asked for
    again (`SHOW_AGAIN`) is never right; if nothing in it is seen, there is nothing to show, and it raises NotSent.
    """

    must_wait = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        TEXT_NAMES.update(
            name for name in dir(cls) if getattr(getattr(cls, name), "field_class", None) is TextAreaField
        )

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            found = super().wrap_formdata(form, formdata)
            return (request.form or None) if found is not None and found is not formdata else found

        def get_translations(self, _form: Any) -> Any:
            return _own_words(str(get_locale()))

    def is_submitted(self) -> bool:
        return request.method == "POST"

    @property
    def is_seen(self) -> bool:
        """It has something to type or to choose, and not a button alone."""
        return any(_is_seen(field) for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        for field in self:
            repeats = isinstance(field, SelectMultipleField | FieldList)
            if not repeats and len(request.form.getlist(field.name)) > 1:
                abort(400)
        if SHOW_AGAIN in request.form and not self.is_seen:
            raise NotSent()
        is_right = BEGIN not in request.form and bool(super().validate(extra_validators))
        return is_right and SHOW_AGAIN not in request.form

    def say(self, field: str | None, message: str) -> None:
        """Show a refusal of the domain beside the field it is about (else above the form)."""
        place = self._fields.get(field or "")
        if place is None:
            self.form_errors.append(message)
        else:
            place.errors = [*place.errors, message]


def _is_seen(field: Any) -> bool:
    return not isinstance(field.widget, HiddenInput)


class BoxesField(SelectMultipleField):
    """Several choices at once, each one a box; the macro `checkbox_group` shows them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Between:
    """Refuse a number out of bounds, of any length; the validator of WTForms fails on what no float can hold."""

    def __init__(self, least: int, most: int, message: Any):
        self.least, self.most, self.message = least, most, message
        self.field_flags = {"min": least, "max": most}

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data is None or not self.least <= field.data <= self.most:
            raise ValidationError(str(self.message) % {"min": self.least, "max": self.most})


class Visible:
    """Refuse a text without a visible character, and run no other validator on it."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, message: Any = REQUIRED):
        self.message = message

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data or not has_visible(field.data):
            raise StopValidation(str(self.message))


class Measured(Length):
    """Refuse a text that is too short or too long, and write the numbers as the reader's language does."""

    def __call__(self, _form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length < self.min or (self.max != -1 and length > self.max):
            bounds = {"min": format_decimal(self.min), "max": format_decimal(self.max)}
            raise ValidationError(str(self.message) % bounds)


def limits(least: int, most: int) -> Length:
    return Measured(least, most, _l("Ce texte doit compter de %(min)s à %(max)s caractères."))


def at_most(most: int) -> Length:
    return Measured(max=most, message=_l("Ce texte dépasse %(max)s caractères."))


def line_field(label: Any, *validators: Any, most: int = LINE, **options: Any) -> StringField:
    """Make the field of a line of clean text (NFC, no invisible or control character), `most` characters at most."""
    keywords = {"maxlength": most} | options.pop("render_kw", {})
    return StringField(label, [*validators, at_most(most)], filters=[_line], render_kw=keywords, **options)


def text_field(label: Any, *validators: Any, most: int = TEXT, **options: Any) -> TextAreaField:
    """Make the field of several lines of clean text, `most` characters at most."""
    keywords = {"maxlength": most} | options.pop("render_kw", {})
    return TextAreaField(label, [*validators, at_most(most)], filters=[_text], render_kw=keywords, **options)


def _line(value: str | None) -> str:
    return clean_line(value or "")


def _text(value: str | None) -> str:
    text = clean_text(value or "")
    return text if has_visible(text) else ""


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Make the options of a choice from (value, label) pairs."""
    return [SelectChoice(str(value), label) for value, label in pairs]


def key_field() -> HiddenField:
    """Make the field of a key that the form is born with, so that the same form sent twice makes one thing."""
    return HiddenField(validators=[Length(max=64)], filters=[_line], default=lambda: secrets.token_urlsafe(16))


def format_count(number: int) -> int | str:
    """Write a number of things: 1 234 in French, 1,234 in English."""
    return number if -1000 < number < 1000 else _format_many(number, get_locale())


@lru_cache(maxsize=NUMBERS)
def _format_many(number: int, locale: Locale) -> str:
    """Write a number as Babel does, which takes twenty microseconds: a table of large ones has hundreds."""
    return str(numbers.format_decimal(number, locale=locale))
