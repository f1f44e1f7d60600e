"""A new address is that of whoever reads its mails and is signed in to the account: neither alone moves anything.

Otherwise an account would move to the address of whoever presses a button in a mail that they did not ask for.
"""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_security.utils import check_and_get_token_status
from werkzeug.wrappers import Response

from app.web.frame.responses import done


def refuse_link(token: str, here: str) -> Response | None:
    """Return the answer to a link that is not for this person, or not yet; None where it may go on."""
    if not current_user.is_authenticated:
        return done(
            url_for("security.login", next=here),
            _(
                "Pour confirmer votre nouvelle adresse, connectez-vous d'abord, avec l'adresse que votre compte "
                "utilise encore."
            ),
            "info",
        )
    within = current_app.config["SECURITY_CHANGE_EMAIL_WITHIN"]
    _expired, _invalid, data = check_and_get_token_status(token, "change_email", within)
    if data and data[-1] == current_user.email:
        return done(url_for("accounts.index"), _("Votre nouvelle adresse est déjà confirmée."), "info")
    if data and data[0] != current_user.fs_uniquifier:
        return done(
            url_for("accounts.index"),
            _("Ce lien ne sert plus, ou n'est pas pour le compte qui est ouvert ici : rien n'a changé."),
            "warning",
        )
    return None
