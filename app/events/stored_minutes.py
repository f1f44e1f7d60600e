"""The minutes of a meeting as their form shows them: what is published, else the draft."""

from app.core.actor import Actor
from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.models.contents import LED_TO
from app.events.models.meetings import Event
from app.events.queries import minutes as queries
from app.events.queries.details import Subjects, get_subjects
from app.events.subjects import format_subjects
from app.plan.queries.concerns import Concerns, format_concerns


def get_words(actor: Actor, event: Event) -> MinutesWords:
    """Return the minutes as their form shows them: what is published, else the draft, else nothing."""
    minutes = queries.find_minutes(actor, event)
    if minutes is None:
        row = queries.find_draft(event)
        return MinutesWords.of_draft(row.draft) if row else MinutesWords()
    return MinutesWords(
        body=minutes.version.body,
        decisions=[
            DecisionWords(one.text, one.who, one.due, format_concerns(_concern(one))) for one in minutes.decisions
        ],
        led_to=format_subjects(_list_others(actor, event, minutes)),
        came_in_person=event.came_in_person,
        came_online=event.came_online,
    )


def _list_others(actor: Actor, event: Event, minutes: queries.Minutes) -> Subjects:
    """Return what the meeting led to beside its decisions."""
    found, named = get_subjects(actor, event.id)[LED_TO], [one.idea or one.action for one in minutes.decisions]
    return Subjects(
        [one for one in found.ideas if one not in named],
        found.updates,
        [one for one in found.actions if one not in named],
    )


def _concern(decision: queries.Decision) -> Concerns:
    found = Concerns()
    found.add(decision.idea, decision.action)
    return found
