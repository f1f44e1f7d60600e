"""The journey of an idea, from its revisions, talk, merges, relations, steps, links, bulletins and updates."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.actor import Actor
from app.core.db import db
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.events.queries import held as meetings
from app.ideas.models import Idea, Relation
from app.ideas.queries import reading
from app.journey.timeline import Journey, JourneyStep, build_journey
from app.moderation.merges.models import Merge
from app.notes.queries import review
from app.plan.models.links import Link, UpdateLink
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone
from app.plan.queries import actions
from app.updates import queries as updates
from app.updates.models import Update

QUOTED = 280
KINDS = {"related": ("related", "related"), "split": ("drawn", "part")}


def get_journey(actor: Actor, idea: Idea) -> Journey:
    """Return the journey of an idea, in a constant number of queries; what the actor may not read is not in it."""
    statuses = reading.list_steps(idea)
    links = _links(actor, idea)
    steps = [
        *_sessions(actor, idea),
        *_revisions(idea),
        *_talk(idea),
        *_merges(actor, idea),
        *_relations(actor, idea),
        *_statuses(statuses),
        *_links_made(links),
        *_bulletins(links),
        *_updates(actor, idea, links),
        *_meetings(actor, idea, links),
    ]
    return build_journey(idea, steps, [(row.at, row.status) for row in statuses])


def _sessions(actor: Actor, idea: Idea) -> Iterator[JourneyStep]:
    """Tell of the sessions of a Forum ouvert where it was said, in the words of then."""
    for said in review.list_of_idea(actor, idea.id):
        line, topic = said.line, said.topic
        yield JourneyStep(
            "forum_topic", said.at, f"said-{line.id}", row=line, event=topic.forum.event, session=topic, text=line.text
        )


def _revisions(idea: Idea) -> Iterator[JourneyStep]:
    """Tell of each published text; of one that was hidden since, nothing but that there was a first."""
    for row in reading.list_revisions(idea):
        is_first = row.number == 1
        if row.hidden_at and not is_first:
            continue
        at = idea.published_at if is_first and idea.published_at else row.created_at
        text = "" if row.hidden_at else _quote(row.body_html) if is_first else row.summary
        yield JourneyStep("voice" if is_first else "text", at, f"version-{row.number}", row=row, by=idea, text=text)


def _talk(idea: Idea) -> Iterator[JourneyStep]:
    """Say when people began to talk of it, and how much they said."""
    first, count = db.session.execute(
        select(func.min(Comment.created_at), func.count()).where(
            Comment.thread_id == idea.thread_id, Comment.status == "published", Comment.in_sight()
        )
    ).one()
    if count:
        yield JourneyStep("talk", first, "talk", count=count)


def _merges(actor: Actor, idea: Idea) -> Iterator[JourneyStep]:
    """Tell of each voice that was joined to this one, and of what this one was joined to; and of each parting."""
    merged, parted = aliased(User), aliased(User)
    other = or_(
        and_(Merge.into_id == idea.id, Merge.idea_id == Idea.id),
        and_(Merge.idea_id == idea.id, Merge.into_id == Idea.id),
    )
    query = select(Merge, Idea, merged, parted).join(Idea, other).join(merged, merged.id == Merge.by_id)
    query = query.outerjoin(parted, parted.id == Merge.parted_by).where(reading.readable_by(actor))
    for merge, voice, by, parted_by in db.session.execute(query.options(*reading.with_author())):
        is_other = merge.into_id == idea.id
        if is_other and voice.published_at:
            yield JourneyStep("side", voice.published_at, f"voice-{merge.id}", idea=voice, by=voice, text=voice.excerpt)
        joined, parted_again = ("joined", "parted") if is_other else ("leads_on", "stands_alone")
        yield JourneyStep(joined, merge.at, f"merge-{merge.id}", row=merge, idea=voice, by=by, text=merge.reason)
        if merge.parted_at:
            yield JourneyStep(parted_again, merge.parted_at, f"parting-{merge.id}", row=merge, idea=voice, by=parted_by)


def _relations(actor: Actor, idea: Idea) -> Iterator[JourneyStep]:
    """Tell of the ideas beside this one, of those that it was drawn out of and of those drawn out of it."""
    other = or_(
        and_(Relation.idea_id == idea.id, Relation.other_id == Idea.id),
        and_(Relation.other_id == idea.id, Relation.idea_id == Idea.id),
    )
    query = select(Relation, Idea, User).join(Idea, other).join(User, User.id == Relation.by_id)
    query = query.where(reading.readable_by(actor)).options(*reading.with_author())
    for relation, beside, by in db.session.execute(query):
        kind = KINDS[relation.kind][relation.idea_id != idea.id]
        yield JourneyStep(kind, relation.at, f"relation-{relation.id}", row=relation, idea=beside, by=by)


def _statuses(statuses: Sequence[Any]) -> Iterator[JourneyStep]:
    """Tell of the steps that people took; the first is the voice itself, and what follows an action is told by it."""
    for number, row in enumerate(statuses):
        if row.action_id or (number == 0 and row.status == "published"):
            continue
        kind = "answer" if row.stays else "status"
        yield JourneyStep(kind, row.at, f"step-{row.id}", row=row, by=row.by, text=row.reason, status=row.status)


def _links(actor: Actor, idea: Idea) -> Sequence[Row[Any]]:
    """Return the links that were accepted, each with its action and who answered, also of the voices joined to it."""
    mine = or_(
        Link.idea_id == idea.id,
        Link.idea_id.in_(select(Idea.id).where(Idea.merged_into == idea.id, reading.readable_by(actor))),
    )
    ended = aliased(User)
    query = select(Link, Action, User, ended).join(Action, Action.id == Link.action_id)
    query = query.join(User, User.id == Link.answered_by).outerjoin(ended, ended.id == Link.ended_by)
    query = query.where(mine, Link.answer == "accepted", actions.readable_by(actor)).order_by(Link.id)
    return db.session.execute(query.options(joinedload(Action.lead))).all()


def _links_made(links: Sequence[Row[Any]]) -> Iterator[JourneyStep]:
    for link, action, by, ended_by in links:
        yield JourneyStep("link", link.answered_at, f"link-{link.id}", row=link, action=action, by=by, text=link.reason)
        if link.ended_at:
            yield JourneyStep(
                "unlink",
                link.ended_at,
                f"unlink-{link.id}",
                row=link,
                action=action,
                by=ended_by,
                text=link.ended_reason,
            )


def _bulletins(links: Sequence[Row[Any]]) -> Iterator[JourneyStep]:
    """Tell of what was said of each action while it was linked."""
    ids = {action.id for _link, action, _by, _ended in links}
    if not ids:
        return
    query = (
        select(Bulletin)
        .where(Bulletin.action_id.in_(ids), Bulletin.in_sight())
        .options(joinedload(Bulletin.author).load_only(User.name, User.closed_at))
    )
    reached = _milestones(ids)
    by_action = {action.id: action for _link, action, _by, _ended in links}
    for row in db.session.scalars(query.order_by(Bulletin.id)):
        if any(
            link.action_id == row.action_id
            and link.answered_at <= row.at
            and (link.ended_at is None or row.at <= link.ended_at)
            for link, *_who in links
        ):
            yield JourneyStep(
                "bulletin",
                row.at,
                f"bulletin-{row.id}",
                row=row,
                action=by_action[row.action_id],
                by=row.author,
                text=markdown.to_prose(row.body_html),
                status=row.state if row.has_moved else "",
                milestones=tuple(milestone for milestone in reached if milestone.bulletin_id == row.id),
            )


def _milestones(action_ids: Collection[int]) -> Sequence[Milestone]:
    query = select(Milestone).where(Milestone.action_id.in_(action_ids), Milestone.bulletin_id.is_not(None))
    return db.session.scalars(query.order_by(Milestone.position, Milestone.id)).all()


def _updates(actor: Actor, idea: Idea, links: Sequence[Row[Any]]) -> Iterator[JourneyStep]:
    """Tell of the work of communities that concerns the idea, or an action that it is linked to."""
    ids = [action.id for link, action, _by, _ended in links if link.is_in_force]
    query = select(Update).where(
        Update.in_sight(),
        updates.readable_by(actor),
        Update.id.in_(
            select(UpdateLink.update_id).where(or_(UpdateLink.idea_id == idea.id, UpdateLink.action_id.in_(ids)))
        ),
    )
    query = query.options(joinedload(Update.author).load_only(User.name, User.closed_at))
    for row in db.session.scalars(query.order_by(Update.id)):
        yield JourneyStep("update", row.published_at, f"update-{row.id}", row=row, by=row, text=_quote(row.body_html))


def _meetings(actor: Actor, idea: Idea, links: Sequence[Row[Any]]) -> Iterator[JourneyStep]:
    """Tell of the meetings that were about the idea or led to it, or to an action that it is linked to, once held."""
    linked = {action.id: action for link, action, _by, _ended in links if link.is_in_force}
    found: dict[int, JourneyStep] = {}
    for event, subject in meetings.list_held(actor, idea.id, linked):
        action = None if subject.idea_id else linked[subject.action_id]
        step = JourneyStep(
            "meeting", event.starts_at, f"meeting-{event.id}", row=subject, event=event, action=action, text=event.lead
        )
        # One meeting is one step: what it was to the idea itself comes first, then what it led to.
        if event.id not in found:
            found[event.id] = step
    yield from found.values()


def _quote(html: str) -> str:
    return excerpt(markdown.to_line(html, tables=False), QUOTED)
