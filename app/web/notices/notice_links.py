"""Where each kind of notice leads: the title of a page and its address, empty where its reader may not go."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models.people import User
from app.comments import policy as comments
from app.communities import policy as communities
from app.communities.queries import get_visible_rooms
from app.core.actor import Actor
from app.ideas import policy as ideas
from app.notifications.models import Notice
from app.notifications.topics import HEARERS
from app.plan import policy as plan
from app.web.frame import links
from app.web.frame.filters import label, person
from app.web.notices.contents import NoticeContents

NoticeLink = tuple[str, str]
NOWHERE: NoticeLink = ("", "")
# Notices that lead elsewhere than to their content: an endpoint, its argument, and the fact that holds its value.
PAGES = {
    "desk.case": ("moderation.show_case", "case_id", "case"),
    "case.opened": ("moderation.show_case", "case_id", "case"),
    "appeal.opened": ("moderation.show_appeal", "appeal_id", "appeal"),
    "appeal.granted": ("moderation.appeal_measure", "measure_id", "judged"),
    "appeal.refused": ("moderation.appeal_measure", "measure_id", "judged"),
    "handover.open": ("moderation.show_handover", "handover_id", "handover"),
}


def get_link(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the page of a notice, with the rights that its reader has now."""
    title, url = SPECIAL.get(notice.kind, _about)(contents, notice)
    endpoint, name, fact = PAGES.get(notice.kind, ("", "", ""))
    return (title, url_for(endpoint, **{name: notice.facts[fact]})) if endpoint else (title, url)


def _about(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the subject of a notice."""
    if notice.comment_id:
        comment = contents.comment(notice)
        return (comment.thread.title, url_for("comments.show", comment_id=comment.id)) if comment else NOWHERE
    if "member" in notice.facts:
        return _profile(contents.actor, contents.member(notice))
    topic = contents.topic(notice)
    if topic:
        return topic.title, links.topic_url(topic)
    subject, bulletin_id = contents.subject(notice), notice.facts.get("bulletin")
    anchor = f"?before={bulletin_id + 1}#bulletin-{bulletin_id}" if bulletin_id else ""
    return (subject.title, subject.url + anchor) if subject else NOWHERE


def _minutes(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the minutes of a meeting, on its page."""
    event = contents.event(notice)
    return (event.title, links.event_url(event, _anchor="minutes")) if event else NOWHERE


def _review(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to what became of each thing that was said at a forum."""
    event = contents.event(notice)
    return (event.title, url_for("notes.became", forum_id=event.id)) if event else NOWHERE


def _profile(actor: Actor, user: User | None) -> NoticeLink:
    """Link to the profile of a person, by the name that they have now."""
    if user is None:
        return NOWHERE
    title = _("Votre profil") if user.id == actor.id else _("Profil de %(name)s", name=person(user))
    return title, url_for("accounts.member", user_id=user.id)


def _account(_contents: NoticeContents, notice: Notice) -> NoticeLink:
    return _("Voir ce compte"), url_for("moderation.review_frozen", user_id=notice.facts["frozen"])


def _due(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the ideas that wait, the oldest first."""
    return _in_charge(contents.actor, notice, "moderation.choose_bulk_answer", status="published")


def _reviews(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the answers of a community that wait for a review."""
    return _in_charge(contents.actor, notice, "moderation.desk_of_community", queue="reviews")


def _charge(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the desk of a community whoever has just been given the charge of it."""
    return _in_charge(contents.actor, notice, "moderation.desk_of_community")


def _in_charge(actor: Actor, notice: Notice, endpoint: str, **values: Any) -> NoticeLink:
    """Link those who still have the charge of a community to a page of its team."""
    room = get_visible_rooms(actor).by_id.get(notice.facts["community"])
    if room is None or not communities.MODERATE.permits(actor, room):
        return NOWHERE
    return label(room), url_for(endpoint, slug=room.slug, **values)


def _draft(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the draft of an answer."""
    idea = contents.idea(notice.idea_id)
    if idea is None or not ideas.ANSWER.permits(contents.actor, idea):
        return _about(contents, notice)
    return idea.title, url_for("ideas.answer", idea_id=idea.id)


def _support(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the support that came with a merge, where one press withdraws it."""
    idea = contents.idea(notice.idea_id)
    return (idea.title, links.idea_url(idea, _anchor="support")) if idea else NOWHERE


def _version(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the version that a team has yet to read, with all that changed since it read the last one."""
    idea, number = contents.idea(notice.idea_id), notice.facts.get("number")
    if idea is None or number is None:
        return _about(contents, notice)
    first = notice.facts.get("first", number)
    since = first - 1 if first < number else None
    return idea.title, url_for("ideas.revision", idea_id=idea.id, number=number, since=since)


def _change(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the text of a change, or to the reader's own profile."""
    if notice.idea_id or notice.comment_id:
        return _about(contents, notice)
    return _("Votre profil"), url_for("accounts.member", user_id=contents.actor.id)


def _refusal(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the form where what was refused, or hidden, is changed and sent again."""
    title, url = _about(contents, notice)
    idea, comment = contents.idea(notice.idea_id), contents.comment(notice)
    if idea and idea.is_hidden and ideas.EDIT.permits(contents.actor, idea):
        return title, url_for("ideas.edit", idea_id=idea.id)
    if comment and comment.is_hidden and comments.EDIT.permits(contents.actor, comment):
        return title, url_for("comments.edit", comment_id=comment.id)
    return title, url


def _bulletin(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to what was said of an action, on its page."""
    title, url = _action(contents, notice)
    return title, f"{url}?before={(notice.bulletin_id or 0) + 1}#bulletin-{notice.bulletin_id}"


def _action(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to the action that an idea is tied to, or was."""
    action = contents.action(notice)
    return (action.title, url_for("plan.action", action_id=action.id)) if action else _about(contents, notice)


def _proposal(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to where the links of an action are answered."""
    action = contents.action(notice)
    return (action.title, url_for("plan.list_links", action_id=action.id)) if action else _about(contents, notice)


def _report(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link whoever may say where an action is to the form."""
    action = contents.action(notice)
    if action is None or not plan.REPORT_ON.permits(contents.actor, action):
        return _action(contents, notice)
    return action.title, url_for("plan.new_bulletin", action_id=action.id)


def _version_of_plan(contents: NoticeContents, notice: Notice) -> NoticeLink:
    """Link to a version of the plan, with what it changes."""
    action = contents.action(notice)
    if action is None:
        return NOWHERE
    return action.title, url_for("plan.version", plan_id=action.plan_id, number=notice.facts["number"])


SPECIAL: dict[str, Callable[[NoticeContents, Notice], NoticeLink]] = {
    "charge.given": _charge,
    **{f"minutes.{who}": _minutes for who in HEARERS},
    "review.there": _review,
    "said.holder": _action,
    "freeze.review": _account,
    "answers.due": _due,
    "answers.review": _draft,
    "answers.reviews": _reviews,
    "answers.remark": _draft,
    "answers.agreed": _draft,
    "merge.support": _support,
    "idea.revised": _version,
    "idea.revised_since": _version,
    "measure.publish_change": _change,
    "measure.refuse_change": _change,
    "measure.refuse": _refusal,
    "measure.hide": _refusal,
    **{f"chain.{role}": _bulletin for role in ("author", "supporter", "follower", "action")},
    **{f"{kind}.{role}": _action for kind in ("linked", "unlinked") for role in ("author", "supporter", "follower")},
    "plan.changed": _version_of_plan,
    "action.late": _report,
    "link.open": _proposal,
    "link.accepted": _action,
    "link.declined": _action,
    "unlinked.proposer": _action,
}
