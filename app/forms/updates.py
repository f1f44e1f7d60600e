"""The form of an update: what a community publishes about its work."""
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.forms.base import Form, Visible, choices, key_field, limits, line, text

TITLE, BODY = (10, 140), 20_000
LANGUAGES = [("fr", _l("Français")), ("en", _l("Anglais"))]


class UpdateForm(Form):
    title = line(_l("Titre"), Visible(), limits(*TITLE), most=TITLE[1])
    body = text(_l("Texte"), Visible(), most=BODY)
    lang = SelectField(_l("Langue du texte"), choices=choices(LANGUAGES), default="fr")
    form_key = key_field()
