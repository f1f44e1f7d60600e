"""What is typed of a meeting: its words, where it is filed and what it is made of; only what changes is written."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.communities import policy as communities
from app.communities.queries import get_rooms, is_private
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.events.models.contents import EventDocument, EventLine, EventQuestion
from app.events.models.meetings import (
    Event,
    EventCommunity,
    EventFeature,
    EventIssue,
    EventOrganisation,
    EventTag,
    EventTerritory,
)
from app.events.queries.details import Details, get_details
from app.events.subjects import set_subjects
from app.events.words import COLUMNS, EventWords, Question
from app.reference import service as reference
from app.reference.models import Organisation, Tag

EXCERPT = 220
LONGEST = timedelta(days=14)
NOT_YOURS = N_("Choisissez une communauté que vous animez.")
ALONE = N_("Une rencontre d'une communauté privée n'en concerne pas d'autre.")
NOT_BESIDE = N_("Une communauté privée ne peut pas figurer parmi les autres communautés concernées.")
NO_PLACE = N_("Dites dans quelle municipalité on se rencontre.")
BAD_END = N_("La fin vient après le début.")
TOO_LONG = N_("Une rencontre dure quatorze jours au plus.")
NO_ROOM = N_("Le nombre de places est d'au moins 1; laissez vide s'il n'a pas de limite.")


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Raise Invalid for a meeting that ends before it begins, or lasts for weeks."""
    if ends_at <= starts_at:
        raise Invalid(BAD_END, "ends_hour")
    if ends_at - starts_at > LONGEST:
        raise Invalid(TOO_LONG, "ends_on")


def check_lead(actor: Actor, community_id: int | None) -> None:
    """Raise Invalid for a community of which this person has no charge; the region is the coordination's."""
    room = get_rooms().by_id.get(community_id or 0)
    is_offered = communities.has_charge(actor, room) and not room.is_archived if room else actor.is_coordinator
    if not is_offered:
        raise Invalid(NOT_YOURS, "community")


def set_lead(event: Event, community_id: int | None) -> None:
    """Write down which community leads a meeting; its privacy follows."""
    event.community_id, event.is_private = community_id, is_private(community_id)


def write_words(actor: Actor, event: Event, words: EventWords) -> bool:
    """Write what was typed over a stored meeting; tell whether anything changes."""
    check_words(event, words)
    present = get_details(event.id)
    for name in COLUMNS:
        setattr(event, name, getattr(words, name))
    is_changed = db.session.is_modified(event)
    if is_changed:
        _render(event)
    changes = [is_changed, _set_places(event, words, present), _set_parts(event, words, present)]
    return any([*changes, _set_questions(event, words.questions), set_subjects(actor, event.id, words.concerns)])


def check_words(event: Event, words: EventWords) -> None:
    others = {number for number in words.communities if number != event.community_id}
    if words.mode != "online" and words.territory_id is None:
        raise Invalid(NO_PLACE, "territory")
    for name in ("capacity_in_person", "capacity_online"):
        places = getattr(words, name)
        if places is not None and places < 1:
            raise Invalid(NO_ROOM, name)
    if others and event.is_private:
        raise Invalid(ALONE, "communities")
    if any(map(is_private, others)):
        raise Invalid(NOT_BESIDE, "communities")


def _render(event: Event) -> None:
    html = markdown.render(event.body)
    event.body_html, event.renderer = html, markdown.VERSION
    event.excerpt = excerpt(event.lead or markdown.to_line(html), EXCERPT)


def _set_places(event: Event, words: EventWords, present: Details) -> bool:
    others = {number for number in words.communities if number != event.community_id}
    event.other_ids = sorted(others)
    ids = {name: number for number, name in present.organisations}
    named = {reference.get_or_add_organisation(name, present=ids.get(name)) for name in words.organisations}
    return any(
        [
            _link(event, EventCommunity.community_id, others),
            _link(event, EventIssue.issue_id, set(words.issues)),
            _link(event, EventTerritory.territory_id, set(words.territories) - {words.territory_id}),
            _link_present(event, EventOrganisation.organisation_id, Organisation, Organisation.present_id, named),
            _link_present(event, EventTag.tag_id, Tag, Tag.merged_into, set(reference.get_or_add_tags(words.tags))),
        ]
    )


def _link_present(event: Event, column: Any, named: Any, present_id: Any, ids: set[int]) -> bool:
    """Link a meeting to these; one that was merged into one of these stays, for the day the merge is undone."""
    query = select(column, func.coalesce(present_id, column)).join_from(column.class_, named, named.id == column)
    present_ids = dict(db.session.execute(query.where(column.class_.event_id == event.id)).tuples().all())
    own_ids = {own_id for own_id, row_id in present_ids.items() if row_id in ids}
    return _link(event, column, own_ids | ids - {present_ids[own_id] for own_id in own_ids})


def _link(event: Event, column: InstrumentedAttribute[int], ids: set[int]) -> bool:
    table: Any = column.class_
    rows = db.session.scalars(select(table).where(table.event_id == event.id))
    present = {getattr(row, column.key): row for row in rows}
    for row_id in present.keys() - ids:
        db.session.delete(present[row_id])
    db.session.add_all(table(**{"event_id": event.id, column.key: row_id}) for row_id in sorted(ids - present.keys()))
    return ids != present.keys()


def _set_parts(event: Event, words: EventWords, present: Details) -> bool:
    """Write the rows that a meeting is made of: those of a kind anew, where they are not these."""
    kinds: list[tuple[Any, Sequence[Any], Sequence[Any], tuple[str, ...]]] = [
        (EventLine, words.lines, present.lines, ("hour", "text")),
        (EventDocument, words.documents, present.documents, ("title", "url")),
        (EventFeature, words.features, present.features, ("feature", "note")),
    ]
    changed = [one for one in kinds if list(one[1]) != list(one[2])]
    for table, rows, _stored, names in changed:
        for row in db.session.scalars(select(table).where(table.event_id == event.id)):
            db.session.delete(row)
        db.session.flush()
        for position, values in enumerate(rows):
            more = {} if table is EventFeature else {"position": position}
            db.session.add(table(event_id=event.id, **dict(zip(names, values, strict=True)), **more))
    return bool(changed)


def _set_questions(event: Event, questions: Sequence[Question]) -> bool:
    """Write each question over that of the same number, by which answers know it; a number that comes twice is new."""
    rows = db.session.scalars(select(EventQuestion).where(EventQuestion.event_id == event.id)).all()
    stored = {row.id: row for row in rows}
    written = [
        _write_question(event, stored.pop(question.id, None), question, n) for n, question in enumerate(questions)
    ]
    gone = [row for row in rows if row not in written]
    is_changed = bool(gone) or any(row not in rows or db.session.is_modified(row) for row in written)
    for row in gone:
        db.session.delete(row)
    db.session.flush()
    return is_changed


def _write_question(event: Event, row: EventQuestion | None, question: Question, position: int) -> EventQuestion:
    if row is None:
        row = EventQuestion(event_id=event.id)
        db.session.add(row)
    row.position, row.kind, row.label, row.why = position, question.kind, question.label, question.why
    row.choices = list(question.choices)
    return row
