"""The papers of a door: the list with its boxes, what people need, name tags, the sign."""

from collections import Counter
from itertools import groupby
from typing import Any

from flask import url_for
from werkzeug.wrappers import Response

from app.accounts.profiles import HIDDEN_NAME
from app.events import policy
from app.events.models.meetings import Event
from app.events.queries import door
from app.events.queries.door import Guest
from app.events.service import door as service
from app.web.events.bp import bp
from app.web.events.door import DOOR, EVENT
from app.web.frame import links, qr
from app.web.frame.responses import render
from app.web.frame.routes import members
from app.web.frame.session import me

# How many lines and tags are left empty, for those who come unannounced; the tags fill their last sheet.
EMPTY_LINES, TAGS_ON_A_SHEET = 12, 8


@bp.get(f"{DOOR}/<any(list,needs,tags,sign):paper>")
@members(policy.READ_DOOR, of=EVENT)
def print_paper(event: Event, paper: str) -> str | Response:
    if paper == "sign":
        address = links.absolute_url(url_for("events.show", event_id=event.id))
        return render("events/papers/sign.html", event=event, meeting_url=address, qr_code=qr.draw(address))
    service.note_reading(me(), event)
    guests = [guest for guest in door.list_guests(event.id) if guest.mode == "in_person"]
    return render(f"events/papers/{paper}.html", event=event, **PAPERS[paper](event, guests))


def _gather_list(_event: Event, guests: list[Guest]) -> dict[str, Any]:
    """Gather who comes under the first letter of their names."""
    letters = groupby(guests, key=lambda guest: guest.words[:1].upper() if guest.name else "")
    return {"letters": [(letter, list(found)) for letter, found in letters], "empty_lines": range(EMPTY_LINES)}


def _gather_needs(event: Event, guests: list[Guest]) -> dict[str, Any]:
    """Gather who needs something; for the team, how many meals of each kind are eaten, too."""
    eaters = [guest for guest in guests if guest.meal and policy.READ_PEOPLE.permits(me(), event)]
    numbers = {guest.id for guest in eaters}
    found = [guest for guest in guests if guest.needs or guest.id in numbers]
    return {"guests": found, "meals": sorted(Counter(guest.meal for guest in eaters).items())}


def _gather_tags(_event: Event, guests: list[Guest]) -> dict[str, Any]:
    """Gather a tag for each person: those whose names are not known, or are hidden, write theirs."""
    named = [guest.name for guest in guests if guest.name not in ("", HIDDEN_NAME)]
    blank = sum(guest.party for guest in guests) - len(named)
    rest = -(len(named) + blank) % TAGS_ON_A_SHEET
    return {"names": named, "blank": range(blank + (rest or TAGS_ON_A_SHEET))}


PAPERS = {"list": _gather_list, "needs": _gather_needs, "tags": _gather_tags}
