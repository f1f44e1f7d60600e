"""The ways from a meeting to what this person can do with it."""

from flask import url_for
from flask_babel import gettext as _

from app.core.permits import can
from app.events.models.meetings import Event
from app.web.frame.session import me

# An address and the words of the link that leads there.
Tool = tuple[str, str]


def of_event(event: Event) -> list[Tool]:
    """Return what this person can do with a meeting, the next thing first."""
    tools = [
        ("events.publish", _("Publier"), "event:publish"),
        ("events.keep_door", _("Accueil et inscriptions"), "event:read_door"),
        ("events.minutes", _minutes(event), "event:write_minutes"),
        ("events.list_guests", _("Effacer des renseignements") if event.is_hidden else "", "event:erase_guest"),
        ("events.attendance", _("Qui est venu") if event.has_begun else "", "event:read_people"),
        ("events.edit", _("Modifier"), "event:edit"),
        ("events.move", _("Déplacer"), "event:move"),
        ("events.cancel", _("Annuler la rencontre"), "event:cancel"),
        ("events.clone", _("Refaire cette rencontre"), "event:clone"),
        ("events.delete", _("Supprimer"), "event:delete"),
    ]
    found = [
        (url_for(endpoint, event_id=event.id), words)
        for endpoint, words, name in tools
        if words and can(me(), name, event)
    ]
    if not event.question and can(me(), "forum:create", event):
        found.append((url_for("forum.create", event_id=event.id), _("En faire un Forum ouvert")))
    if can(me(), "event:give_charge", event):
        found.append((url_for("events.list_charges", event_id=event.id, kind="door"), _("Qui aide sur place")))
    return found


def _minutes(event: Event) -> str:
    """Name the way to the form of the minutes, once the meeting has begun."""
    if event.is_closed:
        return _("Corriger le compte rendu")
    return _("Écrire le compte rendu") if event.has_begun else ""
