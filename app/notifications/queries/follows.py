"""What a person follows, how much of it, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, func, select, union
from sqlalchemy.orm import aliased

from app.comments.models import Comment, Thread
from app.communities.cached_statements import ME, cached_statement, reader_parameters
from app.communities.queries import Room, get_visible_rooms, seen_by
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.paging import SIZE, Page
from app.events.models.meetings import Event
from app.ideas.models import Idea, IdeaTag
from app.ideas.queries.reading import readable_by
from app.notifications.models import COMMENTED, LEVELS, SUPPORTED, Follow, NoticeSettings
from app.plan.models.progress import Holder
from app.plan.models.structure import Action
from app.reference import queries as reference
from app.reference.models import Tag
from app.reference.queries import Axis, Place
from app.updates.models import Update
from app.votes.models import Vote

TARGET = number_parameter("target")
KIND = bindparam("kind", type_=String)
MOST_TAGS = 500


@dataclass(frozen=True)
class Following:
    """How much of a thing a person follows (see `LEVELS`), and why: chosen, own, held, commented, supported, member.

    `usual` is the level without their choice.
    """

    level: str = "none"
    cause: str = ""
    usual: str = "none"

    @property
    def is_on(self) -> bool:
        return self.level != "none"


NOTHING = Following()


def of_thread(actor: Actor, thread: Thread) -> Following:
    """Tell how much of a thread a person follows."""
    row = db.session.execute(_select_paths_to_thread(), reader_parameters(actor, target=thread.id)).one()
    return _weigh(row, is_own=thread.author_id == actor.id)


def of_community(actor: Actor, community_id: int) -> Following:
    """Tell whether a person follows a community."""
    chosen = db.session.scalar(_select_level(), reader_parameters(actor, kind="community", target=community_id))
    return _choose(chosen, _usual_of(actor, community_id))


def of_place(actor: Actor, kind: str, target_id: int) -> Following:
    """Tell whether a person follows an issue or a territory."""
    chosen = db.session.scalar(_select_level(), reader_parameters(actor, kind=kind, target=target_id))
    return _choose(chosen, ("", "none"))


def of_tag(actor: Actor, tag_ids: Collection[int]) -> Following:
    """Tell whether a person follows a tag, or one of those that answer as one with it."""
    query = select(Follow.level).where(Follow.user_id == actor.id, Follow.kind == "tag", Follow.target_id.in_(tag_ids))
    return _choose(db.session.scalar(query.limit(1)), ("", "none"))


def follows_by_itself(actor: Actor, kind: str, target_id: int) -> bool:
    """Tell whether a person would follow this without having chosen to."""
    if kind == "thread":
        return of_thread(actor, db.session.get_one(Thread, target_id)).usual != "none"
    return kind == "community" and target_id in actor.memberships


def get_silent_author_ids(idea_id: int) -> set[int]:
    """Return who wants to hear nothing of an idea of theirs that was joined to this one."""
    is_theirs = and_(Idea.author_id == Follow.user_id, Idea.thread_id == Follow.target_id)
    query = (
        select(Follow.user_id)
        .join(Idea, is_theirs)
        .where(Follow.kind == "thread", Follow.level == "none", Idea.merged_into == idea_id)
    )
    return set(db.session.scalars(query))


def _usual_of(actor: Actor, community_id: int) -> tuple[str, str]:
    """Return why a person follows a community by itself, and how much of it."""
    return ("member", "all") if community_id in actor.memberships else ("", "none")


def _choose(chosen: str | None, usual: tuple[str, str]) -> Following:
    cause, level = usual
    return Following(chosen, "chosen", level) if chosen else Following(level, cause, level)


def _weigh(row: Any, *, is_own: bool) -> Following:
    """Return what the person chose, else the highest level that their acts there give."""
    paths = [
        ("own", "all", is_own),
        ("held", "all", row.is_held),
        ("commented", row.commented, row.has_commented),
        ("supported", row.supported, row.has_supported),
    ]
    open_paths = [(cause, level) for cause, level, is_there in paths if is_there and level != "none"]
    return _choose(row.chosen, min(open_paths, key=lambda path: LEVELS.index(path[1]), default=("", "none")))


@cache
def _select_level() -> Select[Any]:
    return select(Follow.level).where(Follow.user_id == ME, Follow.kind == KIND, Follow.target_id == TARGET)


@cache
def _select_paths_to_thread() -> Select[Any]:
    """Select all that makes a person follow a thread, but that they wrote what it is about."""
    return select(*_path_columns(TARGET))


def _path_columns(thread_id: Any) -> list[Any]:
    """Return the columns of what makes a person (ME) follow a thread, whose number may be a column."""
    chosen = (
        select(Follow.level)
        .where(Follow.user_id == ME, Follow.kind == "thread", Follow.target_id == thread_id)
        .correlate_except(Follow)
    )
    commented = _select_commented().where(Comment.thread_id == thread_id).correlate_except(Comment)
    supported = _select_supported().where(Idea.thread_id == thread_id).correlate_except(Vote, Idea)
    in_charge = _select_held().where(Action.thread_id == thread_id).correlate_except(Holder, Action)
    paths = {"has_commented": commented, "has_supported": supported, "is_held": in_charge}
    settings = {
        "commented": _setting(NoticeSettings.commented, COMMENTED),
        "supported": _setting(NoticeSettings.supported, SUPPORTED),
    }
    return [
        chosen.scalar_subquery().label("chosen"),
        *(path.exists().label(name) for name, path in paths.items()),
        *(setting.label(name) for name, setting in settings.items()),
    ]


def _setting(column: Any, usual: str) -> Any:
    return func.coalesce(select(column).where(NoticeSettings.user_id == ME).scalar_subquery(), usual)


def _select_commented() -> Select[Any]:
    return select(Comment.thread_id).where(Comment.author_id == ME, Comment.status == "published", Comment.in_sight())


def _select_supported() -> Select[Any]:
    return select(Idea.thread_id).join(Vote, Vote.idea_id == Idea.id).where(Vote.user_id == ME, ~came_from_silence())


def _select_held() -> Select[Any]:
    return (
        select(Action.thread_id)
        .join(Holder, Holder.action_id == Action.id)
        .where(Holder.user_id == ME, Holder.ended_at.is_(None))
    )


@cache
def came_from_silence() -> ColumnElement[bool]:
    """Match the supports that came with another idea, whose thread their person wants to hear nothing of."""
    origin, choice = aliased(Idea), aliased(Follow)
    query = (
        select(choice.user_id)
        .join(origin, origin.thread_id == choice.target_id)
        .where(
            choice.user_id == Vote.user_id,
            choice.kind == "thread",
            choice.level == "none",
            origin.id == Vote.inherited_from,
        )
    )
    return query.correlate(Vote).exists()


@dataclass(frozen=True)
class FollowedPlaces:
    """What a person follows beside discussions: communities (also those they chose not to), issues, territories."""

    communities: list[tuple[Room, Following]]
    issues: list[Axis]
    territories: list[Place]


def get_followed_places(actor: Actor) -> FollowedPlaces:
    """Return the communities, the issues and the territories that a person follows, in the order of the site."""
    query = select(Follow.kind, Follow.target_id, Follow.level).where(
        Follow.user_id == actor.id, Follow.kind.in_(("community", "issue", "territory"))
    )
    chosen = {(kind, target_id): level for kind, target_id, level in db.session.execute(query).tuples()}
    catalogue = reference.get_catalogue()
    return FollowedPlaces(
        _list_rooms(actor, chosen),
        [issue for issue in catalogue.issues if ("issue", issue.id) in chosen],
        [place for place in catalogue.places if ("territory", place.id) in chosen],
    )


def _list_rooms(actor: Actor, chosen: Mapping[tuple[str, int], str]) -> list[tuple[Room, Following]]:
    found = [
        (room, _choose(chosen.get(("community", room.id)), _usual_of(actor, room.id)))
        for room in get_visible_rooms(actor).all
    ]
    return [(room, following) for room, following in found if following.cause]


def list_tags(actor: Actor) -> Sequence[Tag]:
    """Return the tags that a person follows and that an idea they may read bears, as they are called now, by name."""
    return db.session.scalars(_select_tags(actor), reader_parameters(actor)).all()


@cached_statement
def _select_tags(actor: Actor) -> Select[tuple[Tag]]:
    original, mine = aliased(Tag), and_(Follow.user_id == actor.id, Follow.kind == "tag")
    ids = select(func.coalesce(original.merged_into, original.id)).join(Follow, Follow.target_id == original.id)
    query = select(Tag).where(Tag.id.in_(ids.where(mine)), is_borne(actor))
    return query.order_by(Tag.sort_key, Tag.id).limit(MOST_TAGS)


def get_tag_names(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Return what these tags are called now, if an idea that this person may read bears them."""
    return dict(db.session.execute(_select_tag_names(actor), reader_parameters(actor, tags=list(ids))).tuples().all())


@cached_statement
def _select_tag_names(actor: Actor) -> Select[tuple[int, str]]:
    original = aliased(Tag)
    query = select(original.id, Tag.name).join(Tag, Tag.id == func.coalesce(original.merged_into, original.id))
    return query.where(original.id.in_(numbers_parameter("tags")), is_borne(actor))


def is_borne(actor: Actor) -> ColumnElement[bool]:
    """Match the tags that an idea bears which a person may read: their names are shown."""
    borne, idea = aliased(Tag), aliased(IdeaTag)
    on_one = select(idea.tag_id).join(borne, borne.id == idea.tag_id)
    on_one = on_one.where(func.coalesce(borne.merged_into, borne.id) == Tag.id)
    readable = select(Idea.id).where(Idea.id == idea.idea_id, readable_by(actor))
    return on_one.where(readable.correlate(idea).exists()).correlate(Tag).exists()


def list_threads(actor: Actor, *, before: int | None = None, size: int = SIZE) -> Page[tuple[Thread, Following]]:
    """Return a page of the discussions that a person follows or chose not to, the newest first."""
    query = _select_threads(actor, is_first=not before)
    rows = db.session.execute(query, reader_parameters(actor, before=before, limit=size + 1)).all()
    found = [(row.Thread, _weigh(row, is_own=row.Thread.author_id == actor.id)) for row in rows]
    following = str(found[size - 1][0].id) if len(found) > size else None
    return Page(found[:size], following, is_first=not before)


@cached_statement
def _select_threads(actor: Actor, *, is_first: bool) -> Select[Any]:
    query = select(Thread, *_path_columns(Thread.id)).where(
        Thread.id.in_(union(*_paths())), Thread.is_public, seen_by(actor, Thread)
    )
    query = query if is_first else query.where(Thread.id < number_parameter("before"))
    return query.order_by(Thread.id.desc()).limit(number_parameter("limit"))


def _paths() -> list[Select[Any]]:
    """Select the threads that a person (ME) follows, or chose not to: each path there in its own statement."""
    chosen = select(Follow.target_id).where(Follow.user_id == ME, Follow.kind == "thread")
    own = [select(model.thread_id).where(model.author_id == ME) for model in (Idea, Update, Event)]
    commented = _select_commented().where(_setting(NoticeSettings.commented, COMMENTED) != "none")
    supported = _select_supported().where(_setting(NoticeSettings.supported, SUPPORTED) != "none")
    return [chosen, *own, _select_held(), commented, supported]
