"""What a person reads once their first idea is sent: who reads it, what comes next, two voices from the same place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.accounts.models.people import User
from app.accounts.trust import AGAIN, BURST, FIRST
from app.communities.queries import Room, list_facilitators
from app.core.text.plain import fold
from app.figures import plates
from app.figures.scope import Scope, last_months
from app.forms.places import place_name
from app.ideas.models import Idea
from app.ideas.queries.facets import Placing
from app.ideas.queries.lists import Filters, list_ideas
from app.ideas.queries.rows import IdeaRow
from app.reference.queries import Place, get_catalogue
from app.web.figures.tables import format_days
from app.web.frame import dawn, follow_button
from app.web.frame.filters import first_name, label, person
from app.web.frame.follow_button import FollowButton
from app.web.frame.session import me, rooms

# How many months, and how many answers at the least, make a usual delay.
MONTHS, LEAST = 3, 5
VOICES = 2
ELIDED = tuple("aeiouh")


@dataclass(frozen=True)
class FollowOffer:
    """Something to follow, by its name."""

    name: str
    button: FollowButton


@dataclass(frozen=True)
class Sent:
    """An idea that its team reads first; `delay` is empty where too few answers were given to say one."""

    drawn: dawn.Dawn
    thanks: str
    readers: str
    delay: str
    voices: Sequence[IdeaRow]
    offers: Sequence[FollowOffer]


def is_sent(idea: Idea) -> bool:
    """Tell whether an idea waits because its author is new, and for nothing else that they should know."""
    codes = set(idea.suspect.split())
    return idea.status == "pending" and not idea.is_hidden and FIRST in codes and not codes & {AGAIN, BURST}


def view_sent(idea: Idea, placing: Placing) -> Sent | None:
    """Return what is said of a first idea that waits; None of another one."""
    if not is_sent(idea):
        return None
    room, place = rooms().by_id.get(idea.community_id or 0), _find_place(placing.territories)
    return Sent(
        dawn.view_dawn("sent"),
        _thank(idea),
        _say_readers(idea.title, room),
        say_delay(room),
        _list_voices(place),
        _offer(room, place),
    )


def _thank(idea: Idea) -> str:
    name = first_name(person(idea))
    return _("Merci, %(name)s. C'est dit.", name=name) if name else _("Merci. C'est dit.")


def _find_place(ids: Collection[int]) -> Place | None:
    """Return the closest place that an idea names: a municipality before an MRC."""
    places = [get_catalogue().place[number] for number in ids if number in get_catalogue().place]
    return min(places, key=lambda place: place.is_mrc, default=None)


def _say_readers(title: str, room: Room | None) -> str:
    names = _name_first(list_facilitators(room.id)) if room else []
    if room and names:
        team = format_list(names, locale=get_locale())
        return ngettext(
            "« %(title)s » est entre les mains %(team)s, qui anime %(room)s.",
            "« %(title)s » est entre les mains %(team)s, qui animent %(room)s.",
            len(names),
            title=title,
            team=team,
            room=label(room),
        )
    if room:
        return _("Personne n'anime encore %(room)s : la coordination vous lira.", room=label(room))
    return _("La coordination vous lira.")


def _name_first(team: Collection[User]) -> list[str]:
    names = [name for user in team if (name := first_name(user.name))]
    return [
        _("d'%(name)s", name=name) if fold(name).startswith(ELIDED) else _("de %(name)s", name=name) for name in names
    ]


def say_delay(room: Room | None) -> str:
    """Say within how many days half of a community's answers come, with what still waits; "" where it is not known."""
    if room is None or room.is_private:
        return ""
    lines = plates.list_delays(Scope(*last_months(MONTHS), community_id=room.id)) or []
    line = next((one for one in lines if one.community_id == room.id), None)
    if line is None or line.spread is None or line.spread.number < LEAST:
        return ""
    half = _("La moitié des réponses viennent en %(days)s ou moins", days=format_days(line.spread.median))
    if not line.unanswered:
        return f"{half}."
    waits = ngettext("%(num)s attend encore", "%(num)s attendent encore", line.unanswered)
    return _("%(half)s; %(waits)s.", half=half, waits=waits)


def _list_voices(place: Place | None) -> Sequence[IdeaRow]:
    """List two ideas of the same municipality; where there are fewer, of its MRC."""
    if place is None:
        return ()
    catalogue = get_catalogue()
    around = catalogue.parent(place) or place
    here = _list_of((place,)) if around is not place else ()
    return here if len(here) == VOICES else _list_of(catalogue.within(around))


def _list_of(places: Collection[Place]) -> Sequence[IdeaRow]:
    return list_ideas(me(), Filters(territory=tuple(place.id for place in places)), size=VOICES).items


def _offer(room: Room | None, place: Place | None) -> list[FollowOffer]:
    """Offer to follow the place and the community, where the person does not yet."""
    found = [FollowOffer(place_name(place), follow_button.of_place(place))] if place else []
    found += [FollowOffer(label(room), follow_button.of_room(room))] if room else []
    return [one for one in found if not one.button.following.is_on]
