"""The form of a meeting: filled with what is stored, offered what may be chosen, and shown."""

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.communities.queries import Room
from app.events.models.meetings import Event
from app.events.stored_words import get_words
from app.events.words import EventWords
from app.forms.events import EventForm
from app.hubs.queries import organisations
from app.ideas.queries import tags
from app.reference.queries import get_catalogue
from app.web.frame import event_words, locale
from app.web.frame.filters import label
from app.web.frame.responses import refuse
from app.web.frame.session import me, rooms

KNOWN_TAGS = 300
# The labels of the cells of a row, beside its number.
CELLS = {
    "name": _l("Nom"),
    "hour": _l("Heure"),
    "text": _l("Ce qui se passe"),
    "title": _l("Titre"),
    "url": _l("Adresse"),
    "label": _l("Question"),
    "kind": _l("Sorte de réponse"),
    "choices": _l("Choix, séparés par des points-virgules"),
    "why": _l("Pourquoi vous le demandez"),
}


def list_led() -> list[Room | None]:
    """Return the communities that this person may invite for; None is the region, for the coordination."""
    led = [room for room in rooms().current if me().is_coordinator or room.id in me().facilitates]
    return [*led, None] if me().is_coordinator else list(led)


def blank() -> EventForm:
    return offer(EventForm.fill({"lang": locale.get_language()}, {}), None)


def fill(event: Event) -> EventForm:
    """Return the form with a meeting as it is stored."""
    words = get_words(me(), event)
    return offer(EventForm.of(words, event), event, words)


def read(event: Event | None) -> EventForm:
    """Return the form with what was typed, after the act on its rows that its button asks for."""
    return offer(EventForm.read(), event, get_words(me(), event) if event else None)


def offer(form: EventForm, event: Event | None, stored: EventWords | None = None) -> EventForm:
    """Offer what may be chosen; who leads a draft stays among it, for a team of another community that it concerns."""
    names = {"rooms": rooms(), "modes": event_words.MODES, "features": event_words.FEATURES, "stored": stored}
    led, present = list_led(), rooms().by_id.get(event.community_id or 0) if event else None
    if event and present not in led:
        led = [present, *led]
    return form.offer(led, get_catalogue(), label, names, event)


def show(form: EventForm, event: Event | None, *, action: str, back: str, code: int = 200) -> Response:
    values: dict[str, Any] = {
        "known_tags": [tag.name for tag in tags.list_by_name(me(), size=KNOWN_TAGS).items],
        "known_organisations": organisations.list_public_names(),
    }
    return refuse(
        "events/edit.html" if event else "events/new.html",
        code=code,
        form=form,
        event=event,
        action=action,
        back=back,
        cell_names=CELLS,
        **values,
    )
