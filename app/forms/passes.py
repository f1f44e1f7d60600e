"""What somebody without an account types to come into a forum: a code, a first name, the code of the day."""

from flask_babel import lazy_gettext as _l

from app.forms.base import Form, Visible, key_field, line_field

NAME, CODE = 80, 20
AS_CODE = {"autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(Form):
    code = line_field(_l("Mon code"), Visible(), most=CODE, render_kw=AS_CODE)


class NameForm(Form):
    name = line_field(_l("Mon prénom"), Visible(), most=NAME)
    key = key_field()


class DayForm(Form):
    day_code = line_field(_l("Le code du jour"), Visible(), most=CODE, render_kw=AS_CODE)
