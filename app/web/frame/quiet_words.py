"""Why an idea that nobody answered yet is shown to a member: by where it is near them."""

from collections.abc import Callable

from flask_babel import gettext as _

from app.ideas.queries.two_minutes import NEAR, Quiet

WHY: dict[str, Callable[[], str]] = {
    "here": lambda: _("Dans votre municipalité, personne n'a encore répondu."),
    "around": lambda: _("Dans votre MRC, personne n'a encore répondu."),
    "rooms": lambda: _("Dans une de vos communautés, personne n'a encore répondu."),
}


def explain_near(idea: Quiet) -> str:
    return WHY[NEAR[idea.near]]()
