"""What leads a person from one form of an account to the next: where they were going, the address that they typed."""

from urllib.parse import parse_qs, urlencode, urlsplit

from flask import flash, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts.models.people import User
from app.forms.signing import EMAIL
from app.web.frame import destination

ADDRESS = "address"
# Why an account is needed, by what the person pressed.
REASONS = {
    "idea": _l("Pour proposer une idée, il faut un compte. Le formulaire vous attend à la fin."),
    "support": _l("Pour appuyer, il faut un compte. Vous reviendrez ensuite à ce que vous lisiez."),
    "comment": _l("Pour commenter, il faut un compte. Vous reviendrez ensuite à ce que vous lisiez."),
    "join": _l("Pour rejoindre la communauté, il faut un compte. Vous y reviendrez ensuite."),
}


def get_reason() -> str:
    """Return what the person pressed before they came here: a key of `REASONS`, or an empty text."""
    address = urlsplit(destination.get_goal())
    found = parse_qs(address.query).get("goal", [""])[0]
    return "idea" if address.path == "/ideas/new" else found if found in REASONS else ""


def pass_goal_on(answer: Response) -> None:
    """Have the page that a form leads to know where the person was going."""
    goal = destination.get_goal()
    if goal and answer.location and "?" not in answer.location:
        answer.location = f"{answer.location}?{urlencode({'next': goal})}"


def keep_address(email: str) -> None:
    """Keep an address in this browser until it signs in, so that nobody types it again."""
    session[ADDRESS] = email[:EMAIL]


def get_address() -> str:
    """Return the address that was typed in this browser; an empty text without one."""
    return str(session.get(ADDRESS, ""))


def welcome(user: User) -> None:
    """Welcome somebody who has just confirmed their address."""
    message = _("Bienvenue, %(name)s! Voici le formulaire : votre idée peut commencer par une phrase.", name=user.name)
    flash(message if get_reason() == "idea" else _("Bienvenue, %(name)s!", name=user.name), "success")
