"""The form of a support."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.forms.base import Form


class SupportForm(Form):
    is_named = BooleanField(_l("Afficher mon nom parmi les appuis"))
