"""A notice as its reader sees it, with the rights that they have now."""
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

PERSONAL = ("measure", "report", "appeal")
# The title of the subject of a notice, and its address.
Link = tuple[str, str]
NOWHERE: Link = ("", "")
# Notices that lead elsewhere than to their content: an endpoint, its argument, and the fact that holds its value.
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
    """A notice, its sentence, and the title and address of its subject, empty if the reader may not read it.

    `beside` is the other idea, where two are concerned; `tells_why` is whether the reader may read the reason.
    """

    notice: Notice
    sentence: str
    title: str = ""
    url: str = ""
    beside: Idea | None = None
    tells_why: bool = True

    @property
    def measure_id(self) -> int:
        """Return the id of the measure that the notice is about, or 0."""
        is_measure = self.notice.kind.startswith("measure.")
        return int(self.notice.facts.get("measure", 0)) if is_measure else 0

    @property
    def reason(self) -> str:
        """Return the reason of the decision; one that the site itself wrote is in the reader's language."""
        words = str(self.notice.facts.get("reason", "")) if self.tells_why else ""
        return _(words) if self.notice.kind == "measure.freeze" else words


def read(actor: Actor, notice: Notice) -> NoticeView:
    """Describe a notice with the rights that its reader has now; a subject that they may not read has no title."""
    sentence = str(sentences.NOTICES[notice.kind]) % _facts(actor, notice)
    title, url = SPECIAL.get(notice.kind, _about)(actor, notice)
    return NoticeView(notice, sentence, title, _lead(notice) or url, _idea(actor, notice.facts.get("beside")),
                _tells_why(actor, notice))


def _facts(actor: Actor, notice: Notice) -> dict[str, str | int]:
    """Return the values that a sentence may hold; a moment and a community are in the reader's language."""
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
    """Tell whether the reader may read the reason of a notice.

    A reason about what they wrote, reported or asked stays theirs; any other is read with its idea.
    """
    if notice.kind.partition(".")[0] in PERSONAL or not notice.idea_id:
        return True
    return reading.find(actor, notice.idea_id, ideas.READ) is not None


def _lead(notice: Notice) -> str:
    endpoint, name, fact = LEADS.get(notice.kind, ("", "", ""))
    return url_for(endpoint, **{name: notice.facts[fact]}) if endpoint else ""


def _about(actor: Actor, notice: Notice) -> Link:
    """Link to the subject of a notice, if its reader may read it."""
    if notice.comment_id:
        comment = talk.find(actor, notice.comment_id, comments.READ | comments.READ_OWN)
        return (comment.thread.title, url_for("comments.show", comment_id=comment.id)) if comment else NOWHERE
    if "member" in notice.facts:
        return _profile(actor, int(notice.facts["member"]))
    idea = _idea(actor, notice.idea_id)
    return (idea.title, links.idea(idea)) if idea else NOWHERE


def _profile(actor: Actor, user_id: int) -> Link:
    """Link to the profile of a person, by the name that they have now."""
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
    """Link to the ideas that wait, the oldest first."""
    return _in_charge(actor, notice, "moderation.choose_bulk_answer", status="published")


def _reviews(actor: Actor, notice: Notice) -> Link:
    """Link to the answers of a community that wait for a review."""
    return _in_charge(actor, notice, "moderation.desk_of_community", queue="reviews")


def _in_charge(actor: Actor, notice: Notice, endpoint: str, **values: Any) -> Link:
    """Link those who still have the charge of a community to a page of its team."""
    room = visible(actor).by_id.get(notice.facts["community"])
    if room is None or not communities.MODERATE.permits(actor, room):
        return NOWHERE
    return label(room), url_for(endpoint, slug=room.slug, **values)


def _draft(actor: Actor, notice: Notice) -> Link:
    """Link to the draft of an answer."""
    idea = _idea(actor, notice.idea_id)
    if idea is None or not ideas.ANSWER.permits(actor, idea):
        return _about(actor, notice)
    return idea.title, url_for("ideas.answer", idea_id=idea.id)


def _support(actor: Actor, notice: Notice) -> Link:
    """Link to the support that came with a merge, where one press withdraws it."""
    idea = _idea(actor, notice.idea_id)
    return (idea.title, links.idea(idea, _anchor="support")) if idea else NOWHERE


def _version(actor: Actor, notice: Notice) -> Link:
    """Link to the version that a team has yet to read, with all that changed since it read the last one."""
    idea, number = _idea(actor, notice.idea_id), notice.facts.get("number")
    if idea is None or number is None:
        return _about(actor, notice)
    first = notice.facts.get("first", number)
    since = first - 1 if first < number else None
    return idea.title, url_for("ideas.revision", idea_id=idea.id, number=number, since=since)


def _change(actor: Actor, notice: Notice) -> Link:
    """Link to the text of a change, or to the reader's own profile."""
    is_text = notice.idea_id or notice.comment_id
    return _about(actor, notice) if is_text else (_("Votre profil"), url_for("accounts.member", user_id=actor.id))


SPECIAL: dict[str, Callable[[Actor, Notice], Link]] = {
    "freeze.review": _account, "answers.due": _due, "answers.review": _draft, "answers.reviews": _reviews,
    "answers.remark": _draft, "answers.agreed": _draft, "merge.support": _support,
    "idea.revised": _version, "idea.revised_since": _version, "measure.publish_change": _change,
    "measure.refuse_change": _change,
}
