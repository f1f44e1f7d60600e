"""The content that a row is about – a case, a measure – read with it, as it is now."""
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import ImportedAuthor, Profile, User
from app.comments.models import Comment, Thread
from app.communities import twins
from app.core.actor import Actor
from app.ideas.models import Idea
from app.moderation.models.cases import Case, CaseStep, Report
from app.moderation.models.dossiers import Content
from app.moderation.models.measures import Measure
from app.reference.models import Organisation
from app.updates.models import Update

COLUMNS: dict[type, str] = {Idea: "idea_id", Comment: "comment_id", Update: "update_id", Profile: "profile_id"}
CONTENTS = (Idea, Comment, Update, Profile)


def joined(query: Select[Any], table: type[Case] | type[Measure]) -> Select[Any]:
    """Select beside each row the content that it is about: a comment comes with its thread."""
    return beside(query.add_columns(*CONTENTS), table).options(*_with_author())


def beside(query: Select[Any], table: type[Case] | type[Measure]) -> Select[Any]:
    """Join the content that each row is about, without selecting it."""
    query = query.outerjoin(Idea, Idea.id == table.idea_id)
    query = query.outerjoin(Comment, Comment.id == table.comment_id).outerjoin(Thread, Thread.id == Comment.thread_id)
    query = query.outerjoin(Update, Update.id == table.update_id)
    return query.outerjoin(Profile, Profile.id == table.profile_id)


def where() -> ColumnElement[Any]:
    """Give, where contents are joined, the community in which the content stands now; a profile stands in none."""
    return func.coalesce(Idea.community_id, Thread.community_id, Update.community_id)


def _with_author() -> list[ExecutableOption]:
    named = (User.name, User.closed_at)
    return [
        contains_eager(Comment.thread), joinedload(Comment.author).load_only(*named),
        joinedload(Comment.imported_author).load_only(ImportedAuthor.name),
        joinedload(Idea.author).load_only(*named), joinedload(Idea.imported_author).load_only(ImportedAuthor.name),
        joinedload(Update.author).load_only(*named), *with_words()]


def with_words() -> list[ExecutableOption]:
    """Load with a profile what its words are made of, wherever they stand now."""
    named, person = (Organisation.name, Organisation.archived_at), joinedload(Profile.author)
    told = (User.name, User.about, User.shows_about, User.shows_organisation, User.confirmed_at, User.closed_at)
    return [person.load_only(*told), person.joinedload(User.organisation).load_only(*named),
            joinedload(Profile.organisation).load_only(*named)]


def of(row: Row[Any]) -> Any:
    """Give the one content of a row that was joined; None when it is about a person."""
    return row.Idea or row.Comment or row.Update or row.Profile


def about(table: type[Case] | type[Measure], content: Content) -> ColumnElement[bool]:
    """Match the rows that are about this content; none are about a profile that nobody had to judge yet."""
    column: ColumnElement[Any] = getattr(table, COLUMNS[type(content)])
    return column == (content.id or 0)


def in_charge(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those whose community this person has the charge of (`has_charge_of_it`)."""
    if actor.is_coordinator:
        return true()
    mine = actor.facilitates
    return or_(*(model.community_id.in_(mine) for model in (Idea, Thread, Update)))


def not_written_by(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those that somebody else wrote (`is_not_concerned`)."""
    return and_(*(or_(model.author_id.is_(None), model.author_id != actor.id) for model in CONTENTS))


def stands_in(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those that this person decides on for want of another (`stands_in`)."""
    places = ((Idea, Idea), (Thread, Comment), (Update, Update))
    return or_(*(twins.stands_in(actor, place, model.author_id) for place, model in places))


def of_another(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those that somebody else wrote and this person did not report."""
    return and_(*(twins.of_another(actor, model) for model in CONTENTS))


def inside(community_id: int) -> ColumnElement[bool]:
    return or_(*(model.community_id == community_id for model in (Idea, Thread, Update)))


def led_to_by(actor: Actor) -> ColumnElement[bool]:
    """Match the measures on what this person reported, or on somebody whose words they reported and are examined."""
    if not actor.is_someone:
        return false()
    case = aliased(Case)
    query = select(Report.id).join(case, case.id == Report.case_id)
    led = query.where(led_to_it(case), Report.user_id == actor.id).exists()
    return or_(led, and_(Measure.user_id.is_not(None), Measure.user_id.in_(actor.reported_ids("user"))))


def joined_to_own(actor: Actor) -> ColumnElement[bool]:
    """Match the measures that joined an idea to one that this person wrote."""
    own = aliased(Idea)
    return select(own.id).where(
        Measure.kind == "merge", own.id == Measure.data["into"].as_integer(), own.author_id == actor.id).exists()


def led_to_it(case: type[Case]) -> ColumnElement[bool]:
    """Match the cases of the content of a measure; of one on a person, those of what it is about, or that it closed."""
    closed = select(CaseStep.id).where(CaseStep.case_id == case.id, CaseStep.measure_id == Measure.id)
    names = COLUMNS.values()
    return or_(
        *(getattr(case, name) == getattr(Measure, name) for name in names),
        *(getattr(case, name) == Measure.data[name].as_integer() for name in names),
        closed.correlate_except(CaseStep).exists())
