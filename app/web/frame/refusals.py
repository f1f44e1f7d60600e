"""Why somebody may not do what they asked: what keeps them out for now, who may, or the state of the thing."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actor import Actor
from app.core.errors import Forbidden, NotFound
from app.core.permits import Permission
from app.web.frame import posting
from app.web.frame.session import me

OUT = _l("Vous ne pouvez pas participer en ce moment")
CLOSED = _l("Ce n'est pas possible ici, ou ne l'est plus")
# Who may, in the order in which it is asked: the first that the law would let is named.
OTHERS: tuple[tuple[dict[str, Any], Any], ...] = (
    ({"memberships": True}, _l("C'est réservé aux membres de cette communauté privée.")),
    ({"facilitates": True}, _l("C'est réservé aux personnes qui animent une communauté.")),
    ({"role": "coordinator"}, _l("C'est réservé à la coordination du site.")),
    ({"role": "admin"}, _l("C'est réservé à l'administration du site.")),
)


def explain_forbidden(refusal: Forbidden) -> tuple[str, str]:
    """Return the title and the words of the page that refuses; nothing where no cause is known."""
    permission = Permission.book.get(refusal.permission)
    if permission is None:
        return "", ""
    if permission.permits(without_restriction(me()), refusal.subject):
        return str(OUT), explain_exclusion(posting.get_community_id(refusal.subject))
    for rights, words in OTHERS:
        if permission.permits(replace(without_restriction(me()), **_give(rights, refusal.subject)), refusal.subject):
            return "", str(words)
    return (str(CLOSED), _why_closed(refusal.subject)) if refusal.subject is not None else ("", "")


def explain_not_found(refusal: NotFound) -> tuple[str, str]:
    """Say what keeps this person out of what they would find otherwise, or what became of it, if they may know."""
    subject = refusal.values.get("subject")
    if subject is not None:
        return str(OUT), explain_exclusion(posting.get_community_id(subject))
    return str(refusal.values.get("title", "")), _(refusal.message) if refusal.message else ""


def without_restriction(actor: Actor) -> Actor:
    """Return somebody as they would be if nothing kept them out for now."""
    return replace(actor, is_confirmed=True, is_suspended=False, barred_ids=frozenset())


def is_out() -> bool:
    """Tell whether something keeps the reader out for now, here or there."""
    actor = me()
    return actor.is_someone and (actor.is_suspended or bool(actor.barred_ids) or not actor.is_confirmed)


def explain_exclusion(community_id: int | None = None) -> str:
    """Say why the reader may take part in nothing, or not in this community; nothing when they may, or are nobody."""
    if me().is_someone and not me().is_confirmed:
        return _("Confirmez votre adresse courriel pour participer : le lien est dans le message que vous avez reçu.")
    return posting.explain_pause(community_id) if posting.is_out(community_id) else ""


def _give(rights: dict[str, Any], subject: Any) -> dict[str, Any]:
    """Return what an actor would have: a role, or the community of a thing; any, where there is no thing."""
    here = frozenset({posting.get_community_id(subject) or 0})
    return {name: here if value is True else value for name, value in rights.items()}


def _why_closed(subject: Any) -> str:
    if getattr(subject, "is_archived", False):
        return _("Cette communauté est archivée : on la lit encore, et rien de nouveau n'y entre.")
    if getattr(subject, "is_locked", False):
        return _("Ce fil est verrouillé par l'équipe d'animation : on le lit encore, et personne n'y écrit.")
    if getattr(subject, "is_open", None) is False:
        return _("Ce fil n'accepte plus de commentaires : ce dont il parle n'est plus ouvert.")
    return _("L'état de ce contenu ne le permet pas. Il a peut-être changé pendant que cette page était ouverte.")
