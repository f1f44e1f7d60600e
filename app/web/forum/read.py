"""The page of a forum: its question, where it stands, its rooms and its hours."""

from typing import Any

from app.core.permits import can
from app.forum import policy
from app.forum.models import PHASES, Forum
from app.forum.queries import forums as queries
from app.web.forum import day_code, participants, programme, wall, words
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me, rooms


@bp.get("/forums/<id:forum_id>")
@public(policy.READ, of=FORUM)
def show(forum: Forum) -> str:
    return render("forum/show.html", **describe(forum))


def describe(forum: Forum) -> dict[str, Any]:
    """Return what the pages of a forum show; `presses` are the phases that this person may go to."""
    at, who = PHASES.index(forum.phase), participants.recognise(me(), forum)
    return {
        "who": who,
        "wall": wall.describe(who),
        "forum": forum,
        "event": forum.event,
        "room": rooms().by_id.get(forum.event.community_id or 0),
        "programme": programme.describe(forum, queries.get_arrangement(forum.id)),
        "phases": [(words.PHASES[phase], n < at, n == at) for n, phase in enumerate(PHASES)],
        "day_code": day_code.read_day_code(forum) if _shows_day_code(forum) else "",
        "presses": _list_presses(forum) if can(me(), "forum:move_phase", forum) else [],
    }


def _shows_day_code(forum: Forum) -> bool:
    """The team shows it to the room, as long as people come in."""
    return policy.runs_it(me(), forum) and policy.ENTER.permits(me(), forum)


def _list_presses(forum: Forum) -> list[tuple[str, Any, str]]:
    """Return each phase that a press leads to, its words and the look of its button; on first."""
    found = [(forum.next_phase, words.ON, ""), (forum.former_phase, words.BACK, "quiet")]
    return [(phase, names[phase], look) for phase, names, look in found if phase]
