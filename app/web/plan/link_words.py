"""What is asked first of an idea that can't be linked to an action yet, in words, and the door that leads there."""

from collections.abc import Callable
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.plan import policy
from app.plan.queries.linkable import Candidate
from app.web.frame import links
from app.web.frame.filters import label
from app.web.frame.session import me, rooms

ASKED: dict[str, Callable[[str], str]] = {
    "published": lambda team: _("%(team)s doit d'abord la retenir : elle est encore une proposition.", team=team),
    "under_review": lambda team: _("%(team)s doit d'abord la retenir : elle est encore à l'étude.", team=team),
    "declined": lambda team: _("%(team)s doit d'abord revenir sur sa réponse : elle n'est pas retenue.", team=team),
    "pending": lambda team: _("%(team)s doit d'abord la publier.", team=team),
    "archived": lambda team: _("%(team)s doit d'abord la rouvrir : elle est archivée.", team=team),
    "hidden": lambda team: _("%(team)s doit d'abord l'afficher de nouveau : elle est masquée.", team=team),
    "waiting": lambda team: _("Déjà proposée. %(team)s doit d'abord répondre.", team=team),
    "private": lambda _team: _("Dans une communauté privée : le plan, lui, est public."),
    "withdrawn": lambda _team: _("Retirée par la personne qui l'a écrite."),
    "linked": lambda _team: _("Déjà liée à cette action."),
}
NOBODY = _l("Cela ne préviendra personne.")
ANSWERED = ("published", "under_review", "declined", "archived")
"""The obstacles that an answer of the team takes away."""


class Door(NamedTuple):
    """Where an obstacle is taken away."""

    url: str
    label: str


def tell_obstacle(candidate: Candidate) -> str:
    """Say what is asked first of an idea; "" where nothing is. What it was joined to is named to who reads it alone."""
    if candidate.into:
        return _("Jointe à « %(title)s » : c'est elle qui peut être liée.", title=candidate.into.title)
    if candidate.obstacle == "merged":
        return _("Jointe à une autre contribution.")
    return ASKED[candidate.obstacle](_name_team(candidate.idea)) if candidate.obstacle else ""


def find_door(candidate: Candidate) -> Door | None:
    """Return where an obstacle is taken away: by the act of the desk for whoever may; the title leads to the idea."""
    idea, link = candidate.idea, candidate.link
    if candidate.into:
        return Door(links.idea_url(candidate.into), _("Lire l'autre contribution"))
    if candidate.obstacle in ANSWERED and ideas.ANSWER.permits(me(), idea):
        return Door(url_for("ideas.answer", idea_id=idea.id), _("Répondre à la contribution"))
    if candidate.obstacle == "waiting" and link and policy.ANSWER_LINK.permits(me(), link):
        return Door(url_for("plan.answer_link", link_id=link.id), _("Répondre à cette proposition"))
    return None


def foretell(count: int) -> str:
    """Say how many people a link is told to: who wrote, supports or follows an idea."""
    if not count:
        return str(NOBODY)
    return ngettext(
        "Lier préviendra %(num)s personne : qui l'a écrite, l'appuie ou la suit.",
        "Lier préviendra %(num)s personnes : qui l'a écrite, l'appuie ou la suit.",
        count,
    )


def foretell_choice(count: int) -> str:
    """Say how many people a link is told to at the most, before its action is chosen."""
    if not count:
        return str(NOBODY)
    return ngettext(
        "Lier préviendra au plus %(num)s personne : qui l'a écrite, l'appuie, la suit ou proposait ce lien.",
        "Lier préviendra au plus %(num)s personnes : qui l'a écrite, l'appuie, la suit ou proposait ce lien.",
        count,
    )


def foretell_answer(count: int) -> str:
    """Say how many people hear that a link is accepted, whoever proposed it among them."""
    if not count:
        return str(NOBODY)
    return ngettext(
        "Accepter préviendra %(num)s personne : qui propose ce lien, a écrit, appuie ou suit la contribution.",
        "Accepter préviendra %(num)s personnes : qui propose ce lien, a écrit, appuie ou suit la contribution.",
        count,
    )


def _name_team(idea: Idea) -> str:
    room = rooms().by_id.get(idea.community_id or 0)
    return _("L'équipe de « %(room)s »", room=label(room)) if room else _("L'équipe de coordination")
