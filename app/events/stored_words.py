"""A stored meeting as what is typed of it: what its form shows, and what another one begins from."""

from app.core.actor import Actor
from app.events.models.contents import ABOUT
from app.events.models.meetings import Event
from app.events.queries import details
from app.events.subjects import format_subjects
from app.events.words import COLUMNS, EventWords, Question


def get_words(actor: Actor, event: Event) -> EventWords:
    """Return the words of a meeting; of what it is about, what this person may read."""
    found = details.get_details(event.id)
    return EventWords(
        **{name: getattr(event, name) for name in COLUMNS},
        communities=tuple(event.other_ids),
        issues=tuple(found.issues),
        territories=tuple(found.territories),
        tags=tuple(name for _slug, name in found.tags),
        organisations=tuple(name for _id, name in found.organisations),
        features=tuple(found.features),
        lines=tuple(found.lines),
        documents=tuple(found.documents),
        questions=tuple(
            Question(row.kind, row.label, row.why, tuple(row.choices), row.id)
            for row in details.list_questions(event.id)
        ),
        concerns=format_subjects(details.get_subjects(actor, event.id)[ABOUT]),
    )
