"""Measures with their content, their appeal and what became of them, as one person may decide on them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, not_, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import User
from app.communities.models import Restriction
from app.communities.queries import in_force
from app.contents import queries as contents
from app.contents.models import COLUMNS, CONTENTS
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import among
from app.core.errors import NotFound
from app.core.paging import SIZE, Page
from app.core.permits import Permission
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.moderation.appeals.models import Appeal, ContestedMeasure, MeasureLine
from app.moderation.appeals.policy import OUT_OF_SIGHT
from app.moderation.cases.models import Case, CaseStep, Report
from app.moderation.measures.models import Measure
from app.plan.models.structure import Action
from app.updates.models import Update

SIGHT = ("hide", "restore", "publish", "refuse")


def find_contested_measure(actor: Actor, condition: ColumnElement[bool]) -> ContestedMeasure | None:
    """Return a measure with its appeal, read anew, or None; for a command, which asks the permission itself."""
    query = select_contested(actor).where(condition).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    return build_contested_measure(row) if row else None


def list_contested_measures(actor: Actor, condition: ColumnElement[bool]) -> list[ContestedMeasure]:
    """Return some measures with their appeals; whoever asks has made sure that they are this person's to read."""
    return [build_contested_measure(row) for row in db.session.execute(select_contested(actor).where(condition)).all()]


def select_contested(actor: Actor) -> Select[Any]:
    """Select measures with their content, their appeal and whether they are over, for `build_contested_measure`."""
    is_party = or_(reported_by(actor), is_joined_to_own(actor))
    query = select(Measure, Appeal, is_over().label("is_over"), is_party.label("is_party"))
    return contents.with_content(query.outerjoin(Appeal, Appeal.measure_id == Measure.id), Measure)


def build_contested_measure(row: Any) -> ContestedMeasure:
    return ContestedMeasure(row.Measure, contents.content_of(row), row.Appeal, bool(row.is_over), bool(row.is_party))


def is_over() -> ColumnElement[bool]:
    """Match the measures without effect: undone, followed by another on the same content, or at their end.

    `models.is_as_left` says the rest, from what the content is now.
    """
    other = aliased(Measure)
    same = or_(*(getattr(other, column) == getattr(Measure, column) for column in COLUMNS.values()))
    is_undone = dialect.has_row(select(other.id).where(other.undoes_id == Measure.id))
    has_successor = exists().where(other.id > Measure.id, other.kind.in_(SIGHT), same)
    is_unlocked = exists().where(other.id > Measure.id, other.kind == "unlock", same)
    is_in_force = exists().where(Restriction.id == Measure.data["restriction"].as_integer(), in_force())
    return or_(
        is_undone,
        and_(Measure.kind.in_(SIGHT), has_successor),
        and_(Measure.kind == "lock", is_unlocked),
        and_(Measure.kind.in_(("suspend", "block")), not_(is_in_force)),
    )


def for_team(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, the measures of a person's own communities that do not concern them.

    It is the SQL twin of `decides_on_it` and `is_not_concerned`: where the content stands now, or where it was
    taken on a person.
    """
    on_person = and_(Measure.user_id.is_not(None), Measure.community_id.in_(actor.facilitates))
    not_on_me = or_(Measure.user_id.is_(None), Measure.user_id != actor.id)
    return and_(
        or_(contents.in_charge(actor), on_person, for_want_of_another(actor)), contents.not_written_by(actor), not_on_me
    )


def for_want_of_another(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, what took out of sight a content that this person decides on (`stands_in`)."""
    return and_(Measure.kind.in_(OUT_OF_SIGHT), contents.stands_in(actor))


def reported_by(actor: Actor) -> ColumnElement[bool]:
    """Match the measures on what this person reported, or on somebody of whom they reported words still examined."""
    if not actor.is_someone:
        return false()
    case = aliased(Case)
    query = select(Report.id).join(case, case.id == Report.case_id)
    has_reported_it = query.where(concerns_case(case), Report.user_id == actor.id).exists()
    is_on_reported_user = and_(Measure.user_id.is_not(None), Measure.user_id.in_(actor.reported_ids("user")))
    return or_(has_reported_it, is_on_reported_user)


def is_joined_to_own(actor: Actor) -> ColumnElement[bool]:
    """Match the measures that joined an idea to one that this person wrote."""
    own = aliased(Idea)
    return (
        select(own.id)
        .where(Measure.kind == "merge", own.id == Measure.data["into"].as_integer(), own.author_id == actor.id)
        .exists()
    )


def concerns_case(case: type[Case]) -> ColumnElement[bool]:
    """Match the cases of the content of a measure; of one on a person, those of what it is about or that it closed."""
    closing_step = select(CaseStep.id).where(CaseStep.case_id == case.id, CaseStep.measure_id == Measure.id)
    return or_(
        *(getattr(case, column) == getattr(Measure, column) for column in COLUMNS.values()),
        *(getattr(case, column) == Measure.data[column].as_integer() for column in COLUMNS.values()),
        closing_step.correlate_except(CaseStep).exists(),
    )


# What lets a first post appear has no reason and happens all day: it is not in the list.
USUAL = ("publish", "publish_change", "unpublish")


def get_contested_measure(actor: Actor, measure_id: int, permission: Permission) -> ContestedMeasure:
    """Return a measure to undo by its number. Raise NotFound where it is absent or forbidden."""
    query = _select(actor).where(Measure.id == measure_id).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    contested_measure = build_contested_measure(row) if row else None
    if contested_measure is None or not permission.permits(actor, contested_measure):
        raise NotFound()
    return contested_measure


def list_measures(
    actor: Actor,
    *,
    community_id: int | None = None,
    before: int | None = None,
    size: int = SIZE,
) -> Page[MeasureLine]:
    """Return the measures of one's own communities, or of one of them, the last first."""
    query = _select_for_team(actor)
    if community_id:
        here = and_(Measure.user_id.is_not(None), Measure.community_id == community_id)
        query = query.where(or_(contents.in_community(community_id), here))
    return _page(query, before, size)


def list_measures_on_person(
    actor: Actor, user_id: int, *, before: int | None = None, size: int = SIZE
) -> Page[MeasureLine]:
    """Return the measures of one's own communities on a person, or on what they wrote."""
    on_words = (
        select(Measure.id).join(model, model.id == getattr(Measure, COLUMNS[model])).where(model.author_id == user_id)
        for model in CONTENTS
    )
    ids = union_all(select(Measure.id).where(Measure.user_id == user_id), *on_words).subquery()
    return _page(_select_for_team(actor).where(among(Measure.id, select(ids.c.id))), before, size)


def _select(actor: Actor) -> Select[Any]:
    return select_contested(actor).options(*(joinedload(model.thread) for model in (Idea, Update, Action, Event)))


def _select_for_team(actor: Actor) -> Select[Any]:
    """Select what this person has the charge of and is not concerned by, with the names of a `MeasureLine`."""
    whom = aliased(User)
    query = _select(actor).add_columns(_name(User).label("by"), _name(whom).label("whom"))
    query = query.outerjoin(User, User.id == Measure.by_id).outerjoin(whom, whom.id == Measure.user_id)
    return query.where(Measure.kind.not_in(USUAL), for_team(actor))


def _name(user: type[User]) -> Any:
    return case((user.closed_at.is_(None), user.name))


def _page(query: Select[Any], before: int | None, size: int) -> Page[MeasureLine]:
    query = query.where(Measure.id < before) if before else query
    rows = db.session.execute(query.order_by(Measure.id.desc()).limit(size + 1)).all()
    lines = [_line(row) for row in rows[:size]]
    return Page(lines, str(lines[-1].measure.id) if len(rows) > size else None, is_first=not before)


def _line(row: Any) -> MeasureLine:
    return MeasureLine(**vars(build_contested_measure(row)), by=row.by or "", whom=row.whom or "")
