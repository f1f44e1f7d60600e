"""The steps of a journey as its page and its JSON show them: a title, who, in which words, where to read more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.communities.queries import Room
from app.ideas.models import Idea
from app.journey.timeline import JourneyStep
from app.web.frame import event_words, links, stations
from app.web.frame.session import rooms

TITLES = {
    "voice": _l("Une voix : « %(title)s »"),
    "text": _l("Le texte change"),
    "side": _l("À côté, une autre voix : « %(idea)s »"),
    "talk": _l("On en discute"),
    "drawn": _l("Tirée de « %(idea)s »"),
    "part": _l("Une partie devient « %(idea)s »"),
    "joined": _l("Une voix se joint : « %(idea)s »"),
    "parted": _l("Les voix se séparent : « %(idea)s »"),
    "leads_on": _l("Jointe à « %(idea)s », où le chemin continue"),
    "stands_alone": _l("Séparée de « %(idea)s »"),
    "related": _l("Liée à « %(idea)s »"),
    "link": _l("Au plan : « %(action)s »"),
    "unlink": _l("Une piste s'arrête ici : « %(action)s »"),
    "update": _l("Des travaux : « %(update)s »"),
    "forum_topic": _l("Dite au Forum ouvert, à la séance « %(session)s »"),
}
# A meeting, by what it was to the idea: it was talked of there, or came out of it; of an action, the same.
MEETINGS = {
    "about.aspiration": _l("Discutée %(meeting)s"),
    "about.need": _l("Discuté %(meeting)s"),
    "about.idea": _l("Discutée %(meeting)s"),
    "about.project": _l("Discuté %(meeting)s"),
    "about.action": _l("L'action « %(action)s » est discutée %(meeting)s"),
    "led_to.aspiration": _l("Mise en mots %(meeting)s"),
    "led_to.need": _l("Mis en mots %(meeting)s"),
    "led_to.idea": _l("Mise en mots %(meeting)s"),
    "led_to.project": _l("Mis en mots %(meeting)s"),
    "led_to.action": _l("L'action « %(action)s » se décide %(meeting)s"),
}
MOVES = {
    "planned": _l("L'action est reprise : « %(action)s »"),
    "underway": _l("L'action commence : « %(action)s »"),
    "achieved": _l("L'action est réalisée : « %(action)s »"),
    "dropped": _l("Une piste s'arrête ici : l'action « %(action)s » est abandonnée"),
}
ICONS = {
    "forum_topic": "message-circle",
    "voice": "megaphone",
    "text": "pencil",
    "side": "megaphone",
    "talk": "message-circle",
    "meeting": "calendar-plus",
    "drawn": "sprout",
    "part": "sprout",
    "joined": "git-merge",
    "parted": "git-merge",
    "leads_on": "git-merge",
    "stands_alone": "git-merge",
    "related": "link",
    "status": "check",
    "answer": "quote",
    "link": "signpost",
    "update": "users",
    "bulletin": "arrow-right",
}

LOOKS = ("plain", "step", "side", "end", "now")


@dataclass(frozen=True)
class StepView:
    """A step, ready to be shown: `look` is one of LOOKS, `url` where to read more, named by `label`."""

    step: JourneyStep
    title: str
    icon: str
    look: str = "plain"
    url: str = ""
    label: str = ""

    @property
    def key(self) -> str:
        return self.step.key


def view_step(idea: Idea, step: JourneyStep, *, is_last: bool = False) -> StepView:
    """Return a step ready to be shown; the last of all is where the idea stands now."""
    url, label = _link(idea, step)
    return StepView(step, _title(idea, step), _icon(step), _look(step, is_last=is_last), url, label)


def _title(idea: Idea, step: JourneyStep) -> str:
    names = {
        "title": _name_voice(idea, step),
        "idea": step.idea.title if step.idea else "",
        "action": step.action.title if step.action else "",
        "update": getattr(step.row, "title", ""),
        "session": step.session.title if step.session else "",
    }
    if step.kind == "meeting":
        return _name_meeting(idea, step, names)
    if step.kind in ("status", "answer"):
        return str(stations.step_name(step.row, idea.kind, is_private=idea.is_private))
    if step.kind == "bulletin" and not step.status:
        reached = len(step.milestones)
        if not reached:
            return _("Nouvelles de l'action « %(action)s »", **names)
        return ngettext(
            "Un jalon est franchi : « %(action)s »", "%(num)s jalons sont franchis : « %(action)s »", reached, **names
        )
    return str((MOVES[step.status] if step.kind == "bulletin" else TITLES[step.kind]) % names)


def _name_meeting(idea: Idea, step: JourneyStep, names: Mapping[str, str]) -> str:
    """Say what a meeting was to an idea: « Discutée à la rencontre du 18 février, à Saint-Rémi »."""
    key = f"{step.row.role}.{'action' if step.action else idea.kind}"
    return str(MEETINGS[key] % {**names, "meeting": event_words.tell_meeting(step.event)})


def _name_voice(idea: Idea, step: JourneyStep) -> str:
    """Return the title that an idea had at a step, its present one where the team hid that one."""
    is_hidden = getattr(step.row, "hidden_at", None)
    return str(idea.title if is_hidden else getattr(step.row, "title", "") or idea.title)


def _icon(step: JourneyStep) -> str:
    if step.is_end:
        return "x"
    return "sun" if step.status == "achieved" else ICONS[step.kind]


def _look(step: JourneyStep, *, is_last: bool) -> str:
    if step.is_end:
        return "end"
    if is_last:
        return "now"
    if step.kind == "side":
        return "side"
    return "step" if step.kind in ("status", "link") or step.status else "plain"


def _link(idea: Idea, step: JourneyStep) -> tuple[str, str]:
    """Return where to read more of a step, and the words of that link."""
    if step.kind == "voice":
        url = "" if step.row.hidden_at else url_for("ideas.revision", idea_id=idea.id, number=1)
        return url, _("Lire la première version")
    if step.kind == "text":
        return url_for("ideas.revision", idea_id=idea.id, number=step.row.number), _("Voir ce qui a changé")
    if step.kind == "talk":
        return links.idea_url(idea, _anchor="comments"), ngettext(
            "Lire le commentaire", "Lire les %(num)s commentaires", step.count
        )
    if step.kind == "leads_on" and step.idea:
        return url_for("journey.show", idea_id=step.idea.id), _("Suivre son chemin")
    if step.idea:
        return links.idea_url(step.idea), _("Lire cette voix")
    if step.kind == "update":
        slug = _room(step.row.community_id).slug
        return url_for("updates.show", slug=slug, update_id=step.row.id), _("Lire ces travaux")
    return _link_elsewhere(step)


def _link_elsewhere(step: JourneyStep) -> tuple[str, str]:
    """Return where to read more of what happened at a meeting, or to an action."""
    if step.session:
        url = url_for("notes.show", forum_id=step.session.forum_id, topic_id=step.session.id)
        return url, _("Lire les notes de cette séance")
    if step.event:
        return links.event_url(step.event), _("Lire ce qu'on y a fait")
    if step.action:
        url = links.bulletin_url(step.row) if step.kind == "bulletin" else links.action_url(step.action)
        return url, _("Voir l'action")
    return "", ""


def _room(community_id: int) -> Room:
    return rooms().by_id[community_id]


def export_step(view: StepView, station: str) -> dict[str, Any]:
    """Return a step as the JSON of a journey holds it: ISO date, words, and the whole address where to read more."""
    return {
        "key": view.key,
        "kind": view.step.kind,
        "at": view.step.at.isoformat(timespec="seconds"),
        "station": station,
        "title": view.title,
        "text": view.step.text,
        "is_end": view.step.is_end,
        "url": links.absolute_url(view.url) if view.url else None,
    }
