"""The values that the sentences of notices hold, in the reader's language and with their rights."""
from datetime import date, datetime, time

from flask_babel import gettext as _

from app.communities.queries import visible
from app.core import clock
from app.core.actor import Actor
from app.core.text.plain import excerpt
from app.notifications.models import Notice
from app.web.frame import locale, words
from app.web.frame.filters import label, person
from app.web.notices import chain, sentences
from app.web.notices.contents import Contents

# Kinds whose sentence begins with the idea that led to an action, but for these who hear of it by another way.
OF_VOICES, WITHOUT = ("chain", "linked", "unlinked"), ("action", "proposer")
TITLE = 80


def find(contents: Contents, notice: Notice) -> dict[str, str | int]:
    """Return the values that a sentence may hold; a moment and a community are in the reader's language."""
    facts = {name: value for name, value in notice.facts.items() if isinstance(value, str | int)}
    facts["place"] = _community_name(contents.actor, int(facts.get("community", 0)))
    if "until" in facts:
        facts["until"] = locale.when(datetime.fromisoformat(str(facts["until"])))
    if "due" in facts:
        due = date.fromisoformat(str(facts["due"]))
        facts["due"] = locale.day(datetime.combine(due, time(12), clock.ZONE))
    if notice.action_id:
        facts |= _facts_of_action(contents, notice)
    subject, content, comment = contents.subject(notice), contents.content(notice), contents.comment(notice)
    kind = subject.kind if subject else ""
    facts |= {"thing": sentences.name_own(kind), "what": sentences.name_any(kind)}
    facts["team"] = label(subject.room) if subject and subject.room else _("L'équipe d'animation")
    facts["step"] = str(words.STEPS.get(str(facts.get("status", "")), ""))
    # What was said is its author's; that it went into a text is said by the author of the text.
    writer = content if notice.kind in ("comment.used", "follow.idea") else comment
    facts["name"] = person(writer) if writer else ""
    return facts


def _facts_of_action(contents: Contents, notice: Notice) -> dict[str, str]:
    """Return what a sentence says of an action: its title, the reader's way to it, what happened to it."""
    action, role = contents.action(notice), notice.kind.partition(".")[2]
    title = excerpt(action.title, TITLE) if action else _("action masquée")
    has_voice = notice.kind.startswith(OF_VOICES) and role not in WITHOUT
    idea = contents.idea(notice.idea_id) if has_voice else None
    voice = chain.name_voice(role, idea) if idea else ""
    return {"action": title, "voice": voice, "event": chain.say(contents.bulletin(notice))}


def _community_name(actor: Actor, community_id: int) -> str:
    """Name a community to those who see it."""
    room = visible(actor).by_id.get(community_id)
    return label(room) if room else _("communauté privée") if community_id else _("tout le site")
