"""The forms to invite somebody into a private community, and to remove a member."""

from flask_babel import lazy_gettext as _l
from flask_security.forms import EmailValidation

from app.forms.base import Form, Visible, limits, line, text
from app.forms.moderation import REASON


class InvitationForm(Form):
    email = line(_l("Adresse courriel de la personne"), Visible(), EmailValidation(verify=False), most=254)


class RemovalForm(Form):
    reason = text(
        _l("Motif"),
        Visible(),
        limits(*REASON),
        most=REASON[1],
        description=_l("La personne lira ce motif. Le journal le garde, sans la nommer."),
    )
