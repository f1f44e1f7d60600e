"""The page of a forum: its question, where it stands, its rooms and its hours."""

from datetime import datetime
from typing import Any

from app.core.permits import can
from app.forum import policy
from app.forum.models import PHASES, Forum
from app.forum.queries import forums as queries
from app.forum.queries import layout
from app.forum.queries.topics import select_readable
from app.forum.service import rehearsals
from app.web.forum import day_code, live, programme, wall, words
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM
from app.web.frame.responses import is_htmx, render
from app.web.frame.routes import public
from app.web.frame.session import me, rooms


@bp.get("/forums/<id:forum_id>")
@public(policy.READ, of=FORUM)
def show(forum: Forum) -> str:
    return render("forum/show.html", "forum/_show_part.html", **describe(forum))


def describe(forum: Forum) -> dict[str, Any]:
    """Return what the pages of a forum show; `presses` are the phases that this person may go to."""
    at, who = PHASES.index(forum.phase), live.recognise_reader(forum)
    topics, arrangement = layout.list_with_arrangement(select_readable(me(), who), forum.id)
    return {
        "who": who,
        "live": live.describe(forum, "show"),
        "wall": wall.describe(who, topics, arrangement),
        "forum": forum,
        "event": forum.event,
        "room": rooms().by_id.get(forum.event.community_id or 0),
        "programme": programme.describe(forum, arrangement),
        "phases": [(words.PHASES[phase], n < at, n == at) for n, phase in enumerate(PHASES)],
        "principles": words.PRINCIPLES,
        "law": words.LAW,
        "day_code": day_code.read_day_code(forum) if _shows_day_code(forum) else "",
        "rehearsal_ends": _end_of_rehearsal(forum),
        "presses": _list_presses(forum) if can(me(), "forum:move_phase", forum) else [],
    }


def _shows_day_code(forum: Forum) -> bool:
    """The team shows it to the room, as long as people come in."""
    return policy.runs_it(me(), forum) and policy.ENTER.permits(me(), forum)


def _end_of_rehearsal(forum: Forum) -> datetime | None:
    """Return when the rehearsal of a forum goes, for the team; None where there is none, or nobody is told of it."""
    is_told = can(me(), "forum:end_rehearsal", forum) and not is_htmx()
    found = queries.find_rehearsal(forum.id) if is_told else None
    return found.event.created_at + rehearsals.LASTS if found else None


def _list_presses(forum: Forum) -> list[tuple[str, Any, str]]:
    """Return each phase that a press leads to, its words and the look of its button; on first."""
    found = [(forum.next_phase, words.ON, ""), (forum.former_phase, words.BACK, "quiet")]
    return [(phase, names[phase], look) for phase, names, look in found if phase]
