"""The lines of a member's first page, one sentence for each thing."""

from collections.abc import Callable
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from app.ideas.queries.own_road import HELD, HIDDEN, REFUSED, RETURNED, OwnIdea, Waiting
from app.ideas.queries.two_minutes import Quiet
from app.web.frame import links, locale
from app.web.frame.filters import label, name_author
from app.web.frame.quiet_words import explain_near
from app.web.frame.session import rooms

WHERE: dict[str, Callable[[str], str]] = {
    "draft": lambda day: _("Ce brouillon est à vous : personne d'autre ne le voit."),
    "pending": lambda day: _("L'équipe lit vos mots avant de les publier : c'est en cours."),
    "published": lambda day: _("En ligne depuis le %(day)s, en attente d'une réponse.", day=day),
    "under_review": lambda day: _("À l'étude depuis le %(day)s.", day=day),
    "retained": lambda day: _("La réponse est oui, depuis le %(day)s.", day=day),
    "planned": lambda day: _("Au plan depuis le %(day)s.", day=day),
    "underway": lambda day: _("En cours depuis le %(day)s.", day=day),
    "achieved": lambda day: _("Un résultat depuis le %(day)s.", day=day),
    "declined": lambda day: _("La réponse est non : sa raison est sur sa page."),
    "archived": lambda day: _("Aux archives depuis le %(day)s.", day=day),
    "withdrawn": lambda day: _("Vous avez retiré cette contribution le %(day)s.", day=day),
}


class OwnLine(NamedTuple):
    """An idea of the reader, and one sentence on where it stands; `is_public`: its road and its supports are shown."""

    idea: OwnIdea
    url: str
    sentence: str
    is_public: bool
    colour: str
    community: str | None


class WaitingLine(NamedTuple):
    """Who waits for what, about a title, and the way to answer; `kind` is that of the text which a change is of."""

    what: str
    who: str
    title: str
    lang: str
    url: str
    call: str
    kind: str = ""


class QuietLine(NamedTuple):
    idea: Quiet
    url: str
    why: str
    author: str


def tell_own(idea: OwnIdea) -> OwnLine:
    room = rooms().by_id.get(idea.community_id or 0)
    is_shown = idea.status not in ("draft", "pending") and not idea.hidden_at and not idea.merged_into
    url = url_for("ideas.edit", idea_id=idea.id) if idea.status == "draft" else links.idea_url(idea)
    return OwnLine(
        idea,
        url,
        _tell_where(idea),
        is_shown and not _is_out_of_reach(idea),
        room.colour if room else "neutral",
        label(room) if room else None,
    )


def _is_out_of_reach(idea: OwnIdea) -> bool:
    """Tell whether it stands in a private community that its author left: they read their own words alone."""
    return idea.community_id is not None and idea.community_id not in rooms().by_id


def _tell_where(idea: OwnIdea) -> str:
    if idea.status == "draft":
        return WHERE["draft"]("")
    if idea.hidden_at:
        return (
            _("L'équipe d'animation a choisi de ne pas publier : sa raison est sur la page.")
            if idea.status == "pending"
            else _("Hors de la vue du public : l'équipe d'animation dit pourquoi sur la page.")
        )
    if _is_out_of_reach(idea):
        return _("Vous n'êtes plus membre de la communauté privée où vous l'avez dit.")
    if idea.merged_into:
        joined = _("Ses appuis ont rejoint une autre contribution.")
        return joined if idea.votes_count else _("Le chemin continue avec une autre contribution.")
    if idea.status == "published" and idea.answered_at:
        return _("Une équipe a répondu le %(day)s.", day=locale.format_day(idea.answered_at))
    return WHERE[idea.status](locale.format_day(idea.status_at or idea.saved_at))


def tell_waiting(one: Waiting) -> WaitingLine:
    if one.what in (HIDDEN, REFUSED):
        url, call = links.idea_url(one), _("Lire pourquoi")
        return WaitingLine(one.what, "", one.title, one.lang, url, call)
    if one.what in (HELD, RETURNED):
        url = url_for("moderation.show_held_revision", held_id=one.held_id)
        call = _("Lire pourquoi") if one.what == RETURNED else _("La voir, la changer ou la retirer")
        return WaitingLine(one.what, "", one.title, one.lang, url, call, one.kind)
    url = url_for("comments.reply", comment_id=one.comment_id)
    call = _("Lui répondre") if one.what == "wonder" else _("Répondre à son offre")
    who = name_author(one.author_name or "", one.author_closed_at)
    return WaitingLine(one.what, who, one.title, one.lang, url, call)


def tell_quiet(idea: Quiet) -> QuietLine:
    url = links.idea_url(idea, _anchor="comment-form")
    return QuietLine(idea, url, explain_near(idea), name_author(idea.author_name or "", idea.author_closed_at))
