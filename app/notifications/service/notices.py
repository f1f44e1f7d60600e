"""Telling somebody something, once; and what they do with it."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, Integer, Select, and_, case, delete, func, literal, or_, select, update

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core import clock, dialect, jobs
from app.core.actor import Actor
from app.core.db import Moment, db, run
from app.core.dialect import insert_once_where
from app.core.permits import require
from app.core.unit import command
from app.core.upserts import given
from app.ideas.models import Idea
from app.notifications import policy, topics
from app.notifications.models import Follow, Notice, NoticePace, NoticeSettings
from app.notifications.queries import notices as queries
from app.plan.models.structure import Action

ON_SITE = "site"
"""The pace of what comes by no mail."""
HAS_ACCOUNT = select(User.id).where(User.id == given(Notice.user_id), User.closed_at.is_(None)).exists()
"""A notice goes to somebody who has an account."""
_CHOSEN = (
    select(NoticePace.pace)
    .where(NoticePace.user_id == given(Notice.user_id), NoticePace.topic == given(Notice.topic))
    .scalar_subquery()
)
_IS_PAUSED = (
    select(NoticeSettings.user_id)
    .where(NoticeSettings.user_id == given(Notice.user_id), NoticeSettings.paused_until > given(Notice.at))
    .exists()
)
_WANTED = func.coalesce(_CHOSEN, given(Notice.pace))
PACE = case(
    (_CHOSEN == "never", "site"),
    (and_(_WANTED == "now", given(Notice.topic) != topics.SECURITY, _IS_PAUSED), "daily"),
    else_=_WANTED,
)
"""The pace that the person chose for the topic, else the usual one; what is always shown is shown at the least.

What comes at once waits, during a pause, for the summary of the day after it.
"""
WANTS = and_(HAS_ACCOUNT, func.coalesce(_CHOSEN, "") != "never")
"""A notice goes to somebody who has an account and chose to be told of its topic."""


_THREAD = func.coalesce(
    select(Comment.thread_id).where(Comment.id == given(Notice.comment_id)).scalar_subquery(),
    select(Idea.thread_id).where(Idea.id == given(Notice.idea_id)).scalar_subquery(),
)
_LEVEL = (
    select(Follow.level)
    .where(Follow.user_id == given(Notice.user_id), Follow.kind == "thread", Follow.target_id == _THREAD)
    .scalar_subquery()
)
HEARS = {
    level: and_(WANTS, func.coalesce(_LEVEL, "all").in_(levels))
    for level, levels in (("all", ("all",)), ("steps", ("all", "steps")))
}
"""A notice of a thread goes to its author too as long as they did not choose to hear less of it."""


def tell(
    user_id: int | None,
    kind: str,
    key: str,
    *,
    idea_id: int | None = None,
    comment_id: int | None = None,
    update_id: int | None = None,
    action_id: int | None = None,
    bulletin_id: int | None = None,
    event_id: int | None = None,
    **facts: Any,
) -> None:
    """Write a notice, unless the same (`kind` and `key`) was written before.

    An imported author (None) has none, nor has whoever closed their account, or wants to hear nothing of its topic, or
    nothing of that kind in this thread.
    """
    topic = topics.get_topic(kind)
    is_told = HAS_ACCOUNT if topics.is_always_shown(kind) else HEARS.get(topics.get_level(kind), WANTS)
    if user_id and insert_once_where(
        is_told,
        Notice,
        (("pace", PACE),),
        user_id=user_id,
        kind=kind,
        topic=topic,
        pace=topics.get_usual_pace(topic),
        key=f"{kind}:{key}:{user_id}",
        idea_id=idea_id,
        comment_id=comment_id,
        update_id=update_id,
        action_id=action_id,
        bulletin_id=bulletin_id,
        event_id=event_id,
        facts=facts,
        at=clock.now(),
    ):
        jobs.enqueue("notices")


def hold_back(kind: str, key: str, delay: timedelta) -> None:
    """Neither show nor mail a new notice before some time has passed: what it tells may still be undone."""
    run(update(Notice).where(_has_key(kind, key)).values(at=clock.now() + delay))


def keep_on_site(kind: str, key: str) -> None:
    """Send no mail of a new notice."""
    run(update(Notice).where(_has_key(kind, key)).values(pace=ON_SITE))


def call_back(kind: str, key: str) -> None:
    """Delete the notice of what was undone before anybody was told."""
    run(delete(Notice).where(_has_key(kind, key)))


def _has_key(kind: str, key: str) -> ColumnElement[bool]:
    return and_(Notice.kind == kind, Notice.key.startswith(f"{kind}:{key}:", autoescape=True))


def tell_of_version(user_id: int, kind: str, number: int, *, idea_id: int) -> None:
    """Tell of a version of an idea, in the place of the notice of another that was not read yet.

    `first` is the first version that was not read. The new notice keeps the moment of the former mail, so that its own
    leaves once an hour has passed (`queries.notices.waits_for_mail`); before any mail it keeps the moment of the
    former notice, so that a text that changes every few minutes does not put the mail off for ever. One that goes into
    a summary goes into the next one, whatever the last one told.
    """
    unread = (Notice.user_id == user_id, Notice.kind == kind, Notice.idea_id == idea_id, Notice.read_at.is_(None))
    query = select(Notice.facts, Notice.at, Notice.mailed_at).where(*unread).order_by(Notice.id)
    former = db.session.execute(query).tuples().first()
    first = former[0].get("first", former[0].get("number", number)) if former else number
    run(delete(Notice).where(*unread))
    tell(user_id, kind, f"{idea_id}-{number}", idea_id=idea_id, number=number, first=first)
    if former:
        _facts, at, mailed_at = former
        present = update(Notice).where(*unread)
        run(present.where(Notice.pace == "now").values(mailed_at=mailed_at) if mailed_at else present.values(at=at))


def tell_each(
    people: Select[tuple[int]],
    kind: str,
    key: str,
    *,
    idea_id: int | None = None,
    comment_id: int | None = None,
    update_id: int | None = None,
    event_id: int | None = None,
    **facts: Any,
) -> None:
    """Write the same notice to everybody whose account a query selects, in one statement, and as `tell` does."""
    topic = topics.get_topic(kind)
    about = {
        Notice.idea_id: idea_id,
        Notice.comment_id: comment_id,
        Notice.update_id: update_id,
        Notice.event_id: event_id,
    }
    columns = {column: literal(number, Integer) for column, number in about.items()}
    _write_each(
        select(User.id.label("user_id")).where(User.id.in_(people)).subquery(),
        literal(f"{kind}:{key}:"),
        literal(kind),
        literal(topic),
        literal(topics.get_usual_pace(topic)),
        columns,
        facts,
    )


def tell_by_best_path(
    paths: Select[Any],
    kinds: Collection[str],
    key: str,
    *,
    action_id: int | None,
    bulletin_id: int | None,
    event_id: int | None,
    without_mail: bool = False,
    **facts: Any,
) -> None:
    """Write a notice to everybody whom a path leads to, in one statement: a `user_id`, the `kind`, its `thread_id`.

    It names the idea of that thread, if it is that of one, and the action: this one, else that of the thread. `kinds`
    are all those that the paths may have.
    """
    people = paths.subquery()
    topic_of = {kind: topics.get_topic(kind) for kind in kinds}
    usual_of = {kind: topics.get_usual_pace(topic) for kind, topic in topic_of.items()}
    idea = select(Idea.id).where(Idea.thread_id == people.c.thread_id).scalar_subquery()
    action = select(Action.id).where(Action.thread_id == people.c.thread_id).scalar_subquery()
    columns = {
        Notice.idea_id: idea,
        Notice.action_id: func.coalesce(literal(action_id, Integer), action),
        Notice.bulletin_id: literal(bulletin_id, Integer),
        Notice.event_id: literal(event_id, Integer),
    }
    _write_each(
        people,
        literal(f"{key}:"),
        people.c.kind,
        case(topic_of, value=people.c.kind),
        case(usual_of, value=people.c.kind),
        columns,
        facts,
        without_mail=without_mail,
    )


def _write_each(
    people: Any,
    key: Any,
    kind: Any,
    topic: Any,
    usual_pace: Any,
    about: dict[Any, Any],
    facts: dict[str, Any],
    *,
    without_mail: bool = False,
) -> None:
    """Write a notice to each account of a SELECT (`user_id`), unless it has the same or wants to hear nothing of it."""
    chosen = func.coalesce(NoticePace.pace, usual_pace)
    pace: Any = case((and_(chosen == "now", NoticeSettings.paused_until > clock.now()), "daily"), else_=chosen)
    pace = literal(ON_SITE) if without_mail else pace
    values = {
        Notice.key: key + dialect.as_text(User.id),
        Notice.user_id: User.id,
        Notice.kind: kind,
        Notice.topic: topic,
        Notice.pace: pace,
        Notice.facts: literal(facts, JSON),
        Notice.at: literal(clock.now(), Moment),
    } | about
    of_topic = and_(NoticePace.user_id == User.id, NoticePace.topic == topic)
    rows = select(*values.values()).select_from(people).join(User, User.id == people.c.user_id)
    rows = rows.outerjoin(NoticePace, of_topic).outerjoin(NoticeSettings, NoticeSettings.user_id == User.id)
    rows = rows.where(User.closed_at.is_(None), chosen != "never").order_by(User.id)
    dialect.insert_each(Notice, tuple(column.key for column in values), rows)
    jobs.enqueue("notices")


@command
def mark_all_read(actor: Actor) -> None:
    """Take every notice of this person as read."""
    require(actor, policy.READ)
    now = clock.now()
    mine = (Notice.user_id == actor.id, Notice.read_at.is_(None), Notice.at <= now)
    run(update(Notice).where(*mine).values(read_at=now))


@command
def mark_read(actor: Actor, notice: Notice) -> None:
    """Take a notice as read, and with it what else this person was told of the same content."""
    require(actor, policy.OPEN, notice)
    same = or_(Notice.id == notice.id, Notice.id.in_(queries.select_same_content(notice)))
    run(update(Notice).where(same, Notice.read_at.is_(None)).values(read_at=clock.now()))


@command
def claim_mail(ids: Collection[int]) -> Sequence[int]:
    """Claim the mail of some notices, in the command that writes it; return those that no other worker had."""
    waiting = update(Notice).where(Notice.id.in_(ids), queries.waits_for_mail()).values(mailed_at=clock.now())
    return db.session.scalars(waiting.returning(Notice.id)).all()
