"""The form of an update: what a community publishes about its work."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from app.forms.base import Visible, choices, key_field, limits, line_field, text_field
from app.forms.overlaps import SharedForm

TITLE, BODY, CONCERNS = (10, 140), 20_000, 5_000
LANGUAGES = [("fr", _l("Français")), ("en", _l("Anglais"))]


class UpdateForm(SharedForm):
    IS_PERSONAL = True
    title = line_field(_l("Titre"), Visible(), limits(*TITLE), most=TITLE[1])
    body = text_field(_l("Texte"), Visible(), most=BODY)
    lang = SelectField(_l("Langue du texte"), choices=choices(LANGUAGES), default="fr")
    concerns = text_field(
        _l("Concerne"),
        Optional(),
        most=CONCERNS,
        description=_l(
            "Des contributions ou des actions du plan, une par ligne : un numéro (#12), une adresse, ou le "
            "code d'une action."
        ),
    )
    form_key = key_field()
