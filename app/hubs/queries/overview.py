"""How many ideas a subject has and of which kind, who animates communities, and what moved there: one statement."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from app.accounts.models.people import User
from app.communities.models import Facilitator
from app.core import dialect
from app.core.db import Moment, db
from app.hubs.queries.subjects import STATEMENTS, HubSubject, in_current_plan
from app.ideas.facet_models import ALL, FacetCount
from app.ideas.indexes import IS_MOVE
from app.ideas.models import Idea, IdeaCommunity, StatusChange
from app.ideas.queries.facet_counts import ALONE, counts_beside
from app.ideas.queries.reading import in_public
from app.plan.models.links import UpdateLink
from app.plan.models.structure import Action, ActionTerritory, Plan
from app.updates import queries as updates
from app.updates.models import Update

LOOK = 1_000
"""Among how many of the last steps of all ideas, and of the last updates, what moved is looked for."""
MOST = 6
"""How many steps, and how many updates, are read."""
AXES = ("community", "kind", "status")
NOTHING = literal("", String)
NEVER = cast(null(), Moment)


@dataclass(frozen=True)
class HubStep:
    """A step of an idea that its team decided, or that its author took; `stays`: it was answered where it is."""

    idea_id: int
    slug: str
    title: str
    lang: str
    status: str
    stays: bool
    at: datetime
    reason: str


@dataclass(frozen=True)
class HubUpdate:
    """An update of a community that concerns an idea or an action of the subject."""

    id: int
    community_id: int
    title: str
    lang: str
    at: datetime
    text: str


@dataclass(frozen=True)
class HubOverview:
    """`counts` are numbers of public ideas, by axis and value; `teams` are names, by number of community."""

    counts: Mapping[str, Mapping[str, int]]
    teams: Mapping[int, Sequence[str]]
    steps: Sequence[HubStep]
    updates: Sequence[HubUpdate]

    @property
    def total(self) -> int:
        """How many public ideas the subject has."""
        return self._number("all")

    @property
    def whole(self) -> int:
        """How many the site has."""
        return self._number("whole")

    @property
    def region(self) -> int:
        """How many actions of the current plan name no territory."""
        return self._number("region")

    def _number(self, name: str) -> int:
        return self.counts[name].get("", 0)


def get_overview(subject: HubSubject) -> HubOverview:
    """Read what everybody may of a subject."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(_select(subject)):
        parts[row.part].append(row)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in parts["count"]:
        counts[row.axis][row.key] = row.n
    teams: dict[int, list[str]] = defaultdict(list)
    for row in sorted((row for row in parts["team"] if row.title is not None), key=lambda row: (row.key, row.title)):
        teams[row.n].append(row.title)
    return HubOverview(
        counts,
        teams,
        [
            HubStep(row.n, row.slug, row.title, row.lang, row.axis, row.key == "stays", row.at, row.text)
            for row in _newest(parts["step"])
        ],
        [HubUpdate(row.n, int(row.key), row.title, row.lang, row.at, row.text) for row in _newest(parts["update"])],
    )


@lru_cache(maxsize=STATEMENTS)
def _select(subject: HubSubject) -> CompoundSelect[Any]:
    return union_all(*_selects(subject))


def _newest(rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.at, row.n, row.axis, row.key), reverse=True)


def _selects(subject: HubSubject) -> Iterator[Select[Any]]:
    """Yield selects of one shape: part, axis, key, n, at, title, slug, text, lang."""
    yield from (_count_feeding(subject) if subject.is_organisation else _count(subject))
    yield (
        _row("count", literal("region"), NOTHING, func.count())
        .select_from(Action)
        .join(Plan, Plan.id == Action.plan_id)
        .where(in_current_plan(), ~_has_territory())
    )
    yield _row("team", NOTHING, _of_member(User.sort_key), Facilitator.community_id, title=_of_member(User.name)).where(
        Facilitator.running()
    )
    yield _select_steps(subject)
    yield _select_updates(subject)


def _select_steps(subject: HubSubject) -> Select[Any]:
    query = _row(
        "step",
        StatusChange.status,
        case((StatusChange.stays, "stays"), else_=""),
        Idea.id,
        at=StatusChange.at,
        title=Idea.title,
        slug=Idea.slug,
        text=StatusChange.reason,
        lang=Idea.lang,
    )
    query = query.join(Idea, Idea.id == StatusChange.idea_id)
    return query.where(dialect.among(StatusChange.id, _last_steps(subject)))


def _select_updates(subject: HubSubject) -> Select[Any]:
    query = _row(
        "update",
        NOTHING,
        dialect.as_text(Update.community_id),
        Update.id,
        at=Update.published_at,
        title=Update.title,
        text=Update.excerpt,
        lang=Update.lang,
    )
    return query.where(dialect.among(Update.id, _last_updates(subject)))


def _row(
    part: str,
    axis: Any,
    key: Any,
    n: Any,
    *,
    at: Any = NEVER,
    title: Any = NOTHING,
    slug: Any = NOTHING,
    text: Any = NOTHING,
    lang: Any = NOTHING,
) -> Select[Any]:
    columns = {
        "part": literal(part),
        "axis": axis,
        "key": key,
        "n": cast(n, Integer),
        "at": at,
        "title": title,
        "slug": slug,
        "text": text,
        "lang": lang,
    }
    return select(*(column.label(name) for name, column in columns.items()))


def _count(subject: HubSubject) -> Iterator[Select[Any]]:
    """Select what the table of counts says beside an issue, a territory or a tag."""
    yield _row("count", FacetCount.axis, FacetCount.value, FacetCount.n).where(
        counts_beside(subject.value), FacetCount.axis.in_(AXES), FacetCount.n > 0
    )
    for name, (axis, value) in (("all", subject.value), ("whole", ALL)):
        yield _row("count", literal(name), NOTHING, FacetCount.n).where(
            counts_beside(ALONE), FacetCount.axis == axis, FacetCount.value == value
        )


def _count_feeding(subject: HubSubject) -> Iterator[Select[Any]]:
    """Count the ideas that feed the actions of an organisation: they are few, and no table counts them."""
    feeds = (in_public(), dialect.among(Idea.id, subject.idea_ids()))
    yield _row("count", literal("all"), NOTHING, func.count(Idea.id)).where(*feeds)
    for axis, column in (("kind", Idea.kind), ("status", Idea.status)):
        yield _row("count", literal(axis), column, func.count(Idea.id)).where(*feeds).group_by(column)
    led = select(Idea.id, Idea.community_id).where(*feeds)
    beside_it = (
        select(Idea.id, IdeaCommunity.community_id).join(IdeaCommunity, IdeaCommunity.idea_id == Idea.id).where(*feeds)
    )
    both = led.union(beside_it).subquery()
    yield (
        _row("count", literal("community"), dialect.as_text(both.c.community_id), func.count())
        .where(both.c.community_id.is_not(None))
        .group_by(both.c.community_id)
    )


def _of_member(column: Any) -> Any:
    """Return a column of a facilitator's account as a scalar subquery, found by its id; NULL once it is closed."""
    query = select(column).where(User.id == Facilitator.user_id, User.closed_at.is_(None))
    return query.correlate(Facilitator).scalar_subquery()


def _has_territory() -> ColumnElement[bool]:
    return select(ActionTerritory.action_id).where(ActionTerritory.action_id == Action.id).correlate(Action).exists()


def _last_steps(subject: HubSubject) -> Select[tuple[int]]:
    """Select the last steps that a team or an author made; those that follow the plan are told by its actions."""
    newest = StatusChange.at.desc(), StatusChange.id.desc()
    touching = select(Idea.id).where(
        Idea.id == StatusChange.idea_id, dialect.unindexed(in_public()), subject.has_idea()
    )
    passes = and_(StatusChange.action_id.is_(None), dialect.has_row(touching))
    seen = select(StatusChange.id, passes.label("passes")).where(IS_MOVE).order_by(*newest).limit(LOOK).subquery()
    return select(seen.c.id).where(seen.c.passes).limit(MOST)


def _last_updates(subject: HubSubject) -> Select[tuple[int]]:
    of_idea = (
        select(UpdateLink.id)
        .join(Idea, Idea.id == UpdateLink.idea_id)
        .where(UpdateLink.update_id == Update.id, dialect.unindexed(in_public()), subject.has_idea())
    )
    of_action = (
        select(UpdateLink.id)
        .join(Action, Action.id == UpdateLink.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(UpdateLink.update_id == Update.id, in_current_plan(), subject.has_action())
    )
    passes = or_(*(dialect.has_row(query.correlate(Update)) for query in (of_idea, of_action)))
    seen = (
        updates.RECENT.apply(
            select(Update.id, passes.label("passes")).where(Update.in_sight(), Update.is_private.is_(False))
        )
        .limit(LOOK)
        .subquery()
    )
    return select(seen.c.id).where(seen.c.passes).limit(MOST)
