"""The desk: what waits for a team, one queue at a time, and how far the team has read."""

from collections.abc import Collection, Sequence

from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import policy as communities
from app.communities import queries as community_queries
from app.communities import sittings
from app.communities.queries import Room
from app.desk import policy, service
from app.desk.queries import desk as queries
from app.desk.queries import unread
from app.desk.queries.queues import IN_HANDS, READING, Scope, list_queue_names
from app.forms.desk import ReadingForm
from app.hubs.queries import places
from app.ideas.queries.lists import NO_FILTERS, Filters
from app.web.frame import content_links, desk_return, loaders, read_state
from app.web.frame.filters import label
from app.web.frame.params import single_param
from app.web.frame.responses import done, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import held_changes
from app.web.moderation.bp import bp


@bp.get("/moderation")
@members(policy.READ)
def desk() -> str:
    return _page(Scope(me()))


@bp.get("/moderation/<slug>")
@members(communities.MODERATE, of=loaders.COMMUNITY, back_to_desk=False)
def desk_of_community(room: Room) -> str:
    return _page(Scope(me(), room))


def _page(scope: Scope) -> str:
    """Show the queue of the address, else the first in which something waits."""
    queue, mine = single_param("queue", list_queue_names(scope)), single_param("mine", ("1",))
    counts = queries.count_queues(scope)
    waits = {name: count.mine if mine else count.all for name, count in counts.items() if name != READING}
    first = next((name for name, count in waits.items() if count), "")
    here = desk_return.Desk(
        queue or first or "pending", scope.room.slug if scope.room else "", mine, single_param("after")
    )
    listing = queries.list_items(scope, here.queue, only_mine=bool(mine), after=here.after)
    if here.queue == "reviews":
        read_state.note_shown("reviews", [room.id for room in scope.rooms])
    held_changes.read_tries(item.thing for item in listing.items)
    return render(
        "moderation/desk/index.html",
        scope=scope,
        places=_places(scope, here, queue),
        here=here,
        counts=counts,
        waits=waits,
        total=_total(waits.values()),
        listing=listing,
        describe=content_links.describe,
        change_of=held_changes.change_of,
        at=_focus(listing.items),
        following=_next_queue(waits | {READING: counts[READING].all}, here.queue),
        to_read=counts[READING].all,
        needs=_count_needs(scope),
        newest_unread=_newest_unread(scope) if here.queue == READING else {},
        sittings=sittings.list_running(me()),
        is_done=not first,
        is_asked=bool(queue),
        in_hands=IN_HANDS,
    )


def _total(counts: Collection[int]) -> str:
    """Add what waits in each queue up, as far as it is counted."""
    most = queries.MOST
    return f"{sum(min(count, most) for count in counts)}{'+' if any(count > most for count in counts) else ''}"


def _count_needs(scope: Scope) -> tuple[int, str] | None:
    """Return how many needs of one community wait for an action, or of the region for the coordination, and their page.

    None where that is not said: no plan is in force, the community is private, or there are several.
    """
    room = scope.rooms[0] if len(scope.rooms) == 1 else None
    if room.is_private if room else not scope.is_everywhere:
        return None
    count = places.count_waiting(Filters(community=(room.id,)) if room else NO_FILTERS)
    return None if count is None else (count, url_for("plan.gaps", community=room.slug if room else None))


def _newest_unread(scope: Scope) -> dict[int, int]:
    """Return, by community, the last comment that a press on "read all" is about."""
    return unread.get_newest_ids([room.id for room in scope.rooms])


def _places(scope: Scope, here: desk_return.Desk, queue: str) -> list[tuple[str, str, bool]]:
    """Return the tabs: all the communities of this person, then each of them, on the queue of the address."""
    mine = here.mine or None
    everywhere = _("Toutes mes communautés"), url_for(".desk", queue=queue or None, mine=mine), not scope.room
    tab_queue = queue if queue and queue != "orphans" else None
    at = scope.room.id if scope.room else None
    own = [
        (label(room), url_for(".desk_of_community", slug=room.slug, queue=tab_queue, mine=mine), room.id == at)
        for room in Scope(me()).rooms
    ]
    return [everywhere, *own]


def _focus(items: Sequence[queries.DeskItem]) -> str:
    """Return the key of the item that takes the focus after an act: the next one, else the first that is left."""
    at, keys = single_param("at"), [item.key for item in items]
    if not at:
        return ""
    return at if at in keys else next(iter(keys), "none")


def _next_queue(waits: dict[str, int], queue: str) -> str:
    """Return the name of another queue in which something waits, or ""."""
    return next((name for name, count in waits.items() if count and name != queue), "")


@bp.post("/moderation/<slug>/reading")
@members(policy.MARK_READ, of=loaders.COMMUNITY, limit="team")
def mark_read(room: Room) -> Response:
    """Mark the comments of a community, or of one of its threads, as read up to the last one that was shown."""
    form = ReadingForm()
    if not form.validate():
        abort(400)
    service.mark_read(me(), community_queries.get_community(room.id), upto=form.upto.data, thread_id=form.thread.data)
    return done(
        url_for(".desk_of_community", slug=room.slug, queue=READING),
        _("C'est noté : ces commentaires sont lus pour toute l'équipe."),
    )
