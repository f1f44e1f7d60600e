"""The values that the sentences of notices hold, in the reader's language and with their rights."""

from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.communities.queries import get_visible_rooms
from app.core import clock
from app.core.actor import Actor
from app.core.text.plain import excerpt
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.notifications.models import Notice
from app.updates.models import Update
from app.web.frame import locale, moment_words, nouns, words
from app.web.frame.filters import display_name, label, person
from app.web.notices import plan_sentences
from app.web.notices.contents import NoticeContents, NoticeSubject

# Kinds whose sentence begins with the idea that led to an action, but for these who hear of it by another way.
OF_VOICES, WITHOUT = ("chain", "linked", "unlinked"), ("action", "proposer")
TITLE = 80
# A meeting, by what the reader has to do with it.
MEETINGS = {
    "coming": _l("la rencontre où vous avez demandé une place"),
    "team": _l("la rencontre dont vous vous occupez"),
    "follower": _l("la rencontre que vous suivez"),
}
# A topic of a forum, by the same: with its title, and without it.
PITCHED = {
    "host": (_l("votre sujet « %(title)s »"), _l("votre sujet")),
    "offered": (_l("le sujet « %(title)s »"), _l("un sujet")),
    "interested": (_l("le sujet « %(title)s », qui vous intéresse,"), _l("un sujet qui vous intéresse")),
}


def get_sentence_values(contents: NoticeContents, notice: Notice) -> dict[str, Any]:
    """Return the values that a sentence may hold; a moment and a community are in the reader's language."""
    facts = {name: value for name, value in notice.facts.items() if isinstance(value, str | int)}
    subject, content = contents.subject(notice), contents.content(notice)
    comment, member, beside = contents.comment(notice), contents.member(notice), contents.beside(notice)
    facts |= _name_moments(facts) | _name_things(notice, subject)
    facts |= _facts_of_action(contents, notice) if notice.action_id else {}
    facts |= _facts_of_event(contents, notice) if notice.event_id else {}
    # What was said is its author's; that it went into a text is said by the author of the text.
    name = content if notice.kind in ("comment.used", "follow.idea") else comment
    return facts | {
        "place": _community_name(contents.actor, int(facts.get("community", 0))),
        "team": label(subject.room) if subject and subject.room else _("L'équipe d'animation"),
        "step": str(words.STEPS.get(str(facts.get("status", "")), "")),
        "name": person(name) if name else _("Quelqu'un"),
        "member": person(member) if member else _("Quelqu'un"),
        "writer": person(content) if isinstance(content, Idea | Update | Event) else _("Quelqu'un"),
        "other": _("« %(words)s »", words=excerpt(beside.title, TITLE)) if beside else _("l'autre idée"),
        "supporter": display_name(contents.supporter(notice)),
        "retained": str(moment_words.RETAINED.get(subject.kind, "")).rstrip(".") if subject else "",
        "beside": str(nouns.get_noun(beside.kind if beside else "").known),
        "followed": contents.followed(notice),
    }


def _name_moments(facts: dict[str, str | int]) -> dict[str, str]:
    found = {}
    if "until" in facts:
        found["until"] = locale.format_moment(datetime.fromisoformat(str(facts["until"])))
    if "starts_at" in facts:
        found["starts"] = locale.format_moment(datetime.fromisoformat(str(facts["starts_at"])))
    if "due" in facts:
        found["due"] = locale.format_day(datetime.combine(date.fromisoformat(str(facts["due"])), time(12), clock.ZONE))
    return found


def _name_things(notice: Notice, subject: NoticeSubject | None) -> dict[str, str]:
    """Name what a notice is about, as it is called by who may be told of it."""
    kind = subject.kind if subject else ""
    noun, itself = nouns.get_noun(kind), nouns.get_noun(nouns.kind_of(notice, kind))
    return {
        "own": str(noun.own),
        "any": str(noun.any_one),
        "known": str(noun.known),
        "to_known": str(noun.to_known),
        "mine": str(itself.written),
        "this": str(itself.this),
        "any_thing": str(itself.any_one),
    }


def _facts_of_action(contents: NoticeContents, notice: Notice) -> dict[str, str]:
    """Return what a sentence says of an action: its title, the reader's way to it, what happened to it."""
    action, role = contents.action(notice), notice.kind.partition(".")[2]
    title = excerpt(action.title, TITLE) if action else _("action masquée")
    has_voice = notice.kind.startswith(OF_VOICES) and role not in WITHOUT
    idea = contents.idea(notice.idea_id) if has_voice else None
    voice = plan_sentences.name_voice(role, idea) if idea else ""
    return {"action": title, "voice": voice, "event": plan_sentences.say(contents.bulletin(notice))}


def _facts_of_event(contents: NoticeContents, notice: Notice) -> dict[str, str]:
    """Return what a sentence says of a meeting: its title, its beginning, and what its reader has to do with it."""
    event, role = contents.event(notice), notice.kind.partition(".")[2]
    title = excerpt(event.title, TITLE) if event else _("rencontre masquée")
    more = {"starts": locale.format_moment(event.starts_at)} if event and "starts_at" not in notice.facts else {}
    meeting = str(MEETINGS.get(role, nouns.get_noun("event").known))
    return {"title": title, "meeting": meeting, "pitched": _name_topic(contents, notice)} | more


def _name_topic(contents: NoticeContents, notice: Notice) -> str:
    """Name a topic of a forum by what the reader has to do with it, with its title where they may read it."""
    topic, role = contents.topic(notice), notice.kind.partition(".")[2]
    named, unnamed = PITCHED.get(role, ("", ""))
    return str(named) % {"title": excerpt(topic.title, TITLE)} if topic else str(unnamed)


def _community_name(actor: Actor, community_id: int) -> str:
    """Name a community to those who see it."""
    room = get_visible_rooms(actor).by_id.get(community_id)
    return label(room) if room else _("communauté privée") if community_id else _("tout le site")
