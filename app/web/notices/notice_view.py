"""A notice in its reader's words, with the rights that they have now."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts import policy as accounts
from app.accounts import queries as people
from app.comments import policy as comments
from app.comments.queries import reading as talk
from app.communities import policy as communities
from app.communities.queries import visible
from app.core.actor import Actor
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.notifications.models import Notice
from app.web.frame import links, locale
from app.web.frame.filters import label, person
from app.web.notices import sentences

TO_THEM = ("measure", "report", "appeal")
# The title of what a notice is about, and its address.
Link = tuple[str, str]
NOWHERE: Link = ("", "")
# Where a notice leads when it is not to the content that it is about: an endpoint, and the fact that names the row.
LEADS = {
    "desk.case": ("moderation.show_case", "case_id", "case"),
    "case.opened": ("moderation.show_case", "case_id", "case"),
    "appeal.opened": ("moderation.show_appeal", "appeal_id", "appeal"),
    "appeal.granted": ("moderation.appeal_measure", "measure_id", "judged"),
    "appeal.refused": ("moderation.appeal_measure", "measure_id", "judged"),
    "handover.open": ("moderation.show_handover", "handover_id", "handover"),
}


@dataclass(frozen=True)
class NoticeView:
    """A notice as its reader sees it: a sentence, what it is about (a title and an address, if they may read it).

    `beside` is the other idea, where two are concerned. `tells_why`: the reason is still theirs to read.
    """

    notice: Notice
    sentence: str
    title: str = ""
    url: str = ""
    beside: Idea | None = None
    tells_why: bool = True

    @property
    def measure_id(self) -> int:
        """Return the id of the measure that it tells the person concerned of, or 0."""
        is_measure = self.notice.kind.startswith("measure.")
        return int(self.notice.facts.get("measure", 0)) if is_measure else 0

    @property
    def reason(self) -> str:
        """Return the words of whoever decided; those of the site itself are in the reader's language."""
        words = str(self.notice.facts.get("reason", "")) if self.tells_why else ""
        return _(words) if self.notice.kind == "measure.freeze" else words


def read(actor: Actor, notice: Notice) -> NoticeView:
    """Read a notice with the rights that its reader has now: what is no longer theirs to read has no title."""
    sentence = str(sentences.NOTICES[notice.kind]) % _facts(actor, notice)
    title, url = SPECIAL.get(notice.kind, _about)(actor, notice)
    return NoticeView(notice, sentence, title, _lead(notice) or url, _idea(actor, notice.facts.get("beside")),
                _tells_why(actor, notice))


def _facts(actor: Actor, notice: Notice) -> dict[str, str | int]:
    """Return what a sentence may say: codes and numbers as they are, a moment and a community in the reader's words."""
    facts = {name: value for name, value in notice.facts.items() if isinstance(value, str | int)}
    facts["place"] = _community_name(actor, int(facts.get("community", 0)))
    if "until" in facts:
        facts["until"] = locale.when(datetime.fromisoformat(str(facts["until"])))
    return facts


def _community_name(actor: Actor, community_id: int) -> str:
    """Name a community to those who see it."""
    room = visible(actor).by_id.get(community_id)
    return label(room) if room else _("communauté privée") if community_id else _("tout le site")


def _tells_why(actor: Actor, notice: Notice) -> bool:
    """What a team says of an idea is on its page: whoever left a private community reads it there no more.

    What it says to somebody of what they wrote, reported or asked stays theirs.
    """
    if notice.kind.partition(".")[0] in TO_THEM or not notice.idea_id:
        return True
    return reading.find(actor, notice.idea_id, ideas.READ) is not None


def _lead(notice: Notice) -> str:
    endpoint, name, fact = LEADS.get(notice.kind, ("", "", ""))
    return url_for(endpoint, **{name: notice.facts[fact]}) if endpoint else ""


def _about(actor: Actor, notice: Notice) -> Link:
    """Link to what a notice is about, if its reader may read it."""
    if notice.comment_id:
        comment = talk.find(actor, notice.comment_id, comments.READ | comments.READ_OWN)
        return (comment.thread.title, url_for("comments.show", comment_id=comment.id)) if comment else NOWHERE
    if "member" in notice.facts:
        return _profile(actor, int(notice.facts["member"]))
    idea = _idea(actor, notice.idea_id)
    return (idea.title, links.idea(idea)) if idea else NOWHERE


def _profile(actor: Actor, user_id: int) -> Link:
    """Lead to the profile of a person, by the name that they have now."""
    user = people.find(actor, user_id, accounts.READ)
    if user is None:
        return NOWHERE
    title = _("Votre profil") if user_id == actor.id else _("Profil de %(name)s", name=person(user))
    return title, url_for("accounts.member", user_id=user_id)


def _idea(actor: Actor, idea_id: int | None) -> Idea | None:
    return reading.find(actor, idea_id, ideas.READ | ideas.READ_OWN) if idea_id else None


def _account(_actor: Actor, notice: Notice) -> Link:
    return _("Voir ce compte"), url_for("moderation.review_frozen", user_id=notice.facts["frozen"])


def _due(actor: Actor, notice: Notice) -> Link:
    """Lead to the ideas that wait, the oldest first."""
    return _in_charge(actor, notice, "moderation.choose_bulk_answer", status="published")


def _reviews(actor: Actor, notice: Notice) -> Link:
    """Lead to the answers of a community that wait to be read."""
    return _in_charge(actor, notice, "moderation.desk_of_community", queue="reviews")


def _in_charge(actor: Actor, notice: Notice, endpoint: str, **values: Any) -> Link:
    """Lead those who still have the charge of a community to a page of its team."""
    room = visible(actor).by_id.get(notice.facts["community"])
    if room is None or not communities.MODERATE.permits(actor, room):
        return NOWHERE
    return label(room), url_for(endpoint, slug=room.slug, **values)


def _draft(actor: Actor, notice: Notice) -> Link:
    """Lead whoever is told of the draft of an answer straight to it."""
    idea = _idea(actor, notice.idea_id)
    if idea is None or not ideas.ANSWER.permits(actor, idea):
        return _about(actor, notice)
    return idea.title, url_for("ideas.answer", idea_id=idea.id)


def _support(actor: Actor, notice: Notice) -> Link:
    """Lead to the support that came with a merge, where one press withdraws it."""
    idea = _idea(actor, notice.idea_id)
    return (idea.title, links.idea(idea, _anchor="support")) if idea else NOWHERE


def _version(actor: Actor, notice: Notice) -> Link:
    """Lead to the version that a team has yet to read, with all that changed since it read the last one."""
    idea, number = _idea(actor, notice.idea_id), notice.facts.get("number")
    if idea is None or number is None:
        return _about(actor, notice)
    first = notice.facts.get("first", number)
    since = first - 1 if first < number else None
    return idea.title, url_for("ideas.revision", idea_id=idea.id, number=number, since=since)


def _change(actor: Actor, notice: Notice) -> Link:
    """Lead to what was to change: a text, else one's own profile."""
    is_text = notice.idea_id or notice.comment_id
    return _about(actor, notice) if is_text else (_("Votre profil"), url_for("accounts.member", user_id=actor.id))


SPECIAL: dict[str, Callable[[Actor, Notice], Link]] = {
    "freeze.review": _account, "answers.due": _due, "answers.review": _draft, "answers.reviews": _reviews,
    "answers.remark": _draft, "answers.agreed": _draft, "merge.support": _support,
    "idea.revised": _version, "idea.revised_since": _version, "measure.publish_change": _change,
    "measure.refuse_change": _change,
}
