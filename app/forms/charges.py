"""The form that gives the charge of keeping an action up to date."""
from flask_babel import lazy_gettext as _l
from flask_security.forms import EmailValidation

from app.forms.base import Form, Visible, line


class HolderForm(Form):
    email = line(_l("Adresse courriel de la personne"), Visible(), EmailValidation(verify=False), most=254)
