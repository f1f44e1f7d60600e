"""What each of the first steps of a site says: what is there now, what is to be done, and where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.lists import format_list
from flask import current_app, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.communities.queries import get_public_rooms
from app.operations import first_steps
from app.operations.first_steps import Facts
from app.web.frame.filters import display_name, label
from app.web.frame.locale import format_day, format_moment

TITLES = {
    "who": _l("Dire qui vous êtes"),
    "mail": _l("Vérifier que le courriel part"),
    "places": _l("Regarder les territoires et les enjeux"),
    "teams": _l("Nommer une équipe par communauté"),
    "texts": _l("Relire la charte et la page Confidentialité"),
    "opening": _l("Ouvrir le site"),
    "voices": _l("Accueillir trois premières voix"),
}
OBSTACLES = {
    "demo": _l("C'est un site de démonstration : tout y est fictif."),
    "address": _l("Son adresse ne commence pas par https (SITE_URL, sur le serveur)."),
    "indexing": _l("Les moteurs de recherche en sont tenus à l'écart (SEARCH_INDEXING, sur le serveur)."),
    "registration": _l("L'inscription y est fermée."),
}
HOW = _l(
    "Deux personnes par communauté, c'est l'idéal. Elles s'inscrivent; leur fiche permet de leur donner la charge."
)
Change = tuple[datetime, str]


@dataclass(frozen=True)
class Told:
    """What a step is told from; `read` is when the texts were last read, and by whom."""

    facts: Facts
    is_done: bool
    read: Change | None


def tell(name: str, told: Told) -> str:
    """Say in a few sentences what is there for a step, and what is to be done where it is not."""
    return " ".join(_SAID[name](told))


def list_acts(name: str) -> list[tuple[str, str]]:
    """Return where a step is done or seen: words and address."""
    return [(str(words), url_for(endpoint)) for words, endpoint in _ACTS[name]]


def _tell_who(told: Told) -> Iterator[str]:
    config = current_app.config
    if told.is_done:
        yield f"{config['SITE_ORGANISATION']}, {config['SITE_URL']}."
        yield _(
            "La personne responsable des renseignements personnels est %(name)s (%(email)s) : la loi demande de la "
            "nommer.",
            name=config["PRIVACY_OFFICER_NAME"],
            email=config["PRIVACY_OFFICER_EMAIL"],
        )
        return
    names = ", ".join(first_steps.list_unsaid(config))
    yield _("Il manque, dans les réglages du serveur : %(names)s. Une fois écrits, redémarrez le site.", names=names)
    yield _("La loi demande de nommer une personne responsable des renseignements personnels.")


def _tell_mail(told: Told) -> Iterator[str]:
    if told.is_done and told.facts.sent_at:
        yield _("Un serveur a pris le dernier le %(moment)s.", moment=format_moment(told.facts.sent_at))
    elif current_app.config["MAIL_URL"]:
        yield _(
            "Aucun n'est parti depuis trente jours. Envoyez-vous un essai : le pas est fait dès qu'un serveur le prend."
        )
    else:
        yield _("Aucun serveur de courriel n'est nommé (MAIL_URL, sur le serveur) : rien ne peut partir.")


def _tell_places(told: Told) -> Iterator[str]:
    counts = first_steps.count_axes()
    parts = [
        ngettext("%(num)s MRC", "%(num)s MRC", counts["mrc"]),
        ngettext("%(num)s municipalité", "%(num)s municipalités", counts["municipality"]),
        ngettext("%(num)s enjeu", "%(num)s enjeux", counts["issue"]),
    ]
    yield ", ".join(parts) + "."
    if told.is_done:
        yield _("La coordination les change quand la région change.")
    else:
        yield _("Sans eux, personne ne peut dire d'où il parle, ni de quoi. La coordination les ajoute.")


def _tell_teams(told: Told) -> Iterator[str]:
    rooms = get_public_rooms().current
    alone = [room for room in rooms if room.id not in told.facts.team_ids]
    if not rooms:
        yield _("Il n'y a pas encore de communauté. La coordination les crée.")
        return
    if len(alone) < len(rooms):
        yield ngettext(
            "%(num)s communauté sur %(all)s a une équipe.",
            "%(num)s communautés sur %(all)s ont une équipe.",
            len(rooms) - len(alone),
            all=len(rooms),
        )
    if alone:
        names = format_list([_("« %(words)s »", words=label(room)) for room in alone], locale=get_locale())
        if told.facts.has_coordinator:
            yield _("Personne n'anime encore %(names)s : la coordination y est seule à lire.", names=names)
        else:
            yield _("Personne ne peut encore lire ce qu'on enverra à %(names)s.", names=names)
        yield str(HOW)


def _tell_texts(told: Told) -> Iterator[str]:
    if told.read and told.is_done:
        name = display_name(told.read[1]) or _("un ancien membre")
        yield _(
            "Lues par %(name)s le %(day)s. Si l'une change, le pas est à refaire.",
            name=name,
            day=format_day(told.read[0]),
        )
        return
    if told.read:
        yield _("L'une des deux a changé depuis sa lecture du %(day)s.", day=format_day(told.read[0]))
    yield _(
        "Elles sont écrites; lisez-les comme si vous les signiez. La coordination peut récrire la charte dans vos mots."
    )


def _tell_opening(told: Told) -> Iterator[str]:
    if told.is_done:
        yield _("L'inscription est ouverte, et les moteurs de recherche peuvent montrer le site.")
    yield from (str(OBSTACLES[name]) for name in first_steps.list_obstacles(current_app.config))


def _tell_voices(told: Told) -> Iterator[str]:
    if told.is_done:
        yield _("Trois contributions au moins sont en ligne. À vous de les faire connaître.")
        return
    if told.facts.voices:
        yield _("%(num)s voix sur trois.", num=told.facts.voices)
    yield _("Un site vide n'invite personne. Demandez trois besoins à trois personnes que vous connaissez.")
    if current_app.config["DEMO"]:
        yield _("Celles de la démonstration ne comptent pas.")


_SAID: dict[str, Callable[[Told], Iterator[str]]] = {
    "who": _tell_who,
    "mail": _tell_mail,
    "places": _tell_places,
    "teams": _tell_teams,
    "texts": _tell_texts,
    "opening": _tell_opening,
    "voices": _tell_voices,
}
_ACTS: dict[str, list[tuple[Any, str]]] = {
    "who": [(_l("Voir les réglages du site"), "admin.edit_settings"), (_l("Lire la page À propos"), "site.about")],
    "mail": [],
    "places": [
        (_l("Voir les territoires"), "reference.territories"),
        (_l("Voir les enjeux"), "reference.issues"),
    ],
    "teams": [
        (_l("Choisir des personnes"), "admin.list_people"),
        (_l("Voir les communautés"), "communities.index"),
    ],
    "texts": [(_l("Lire la charte"), "site.charter"), (_l("Lire la page Confidentialité"), "site.privacy")],
    "opening": [(_l("Ouvrir ou fermer l'inscription"), "admin.edit_settings")],
    "voices": [(_l("Voir ce qui est en ligne"), "ideas.index")],
}
