"""Lines that two wrote at the same place: both stand in the text, until somebody chooses."""

from collections.abc import Sequence

from app.core import clock
from app.core.actor import Actor
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.forum import policy as forum
from app.forum.participants import Participant
from app.notes import policy
from app.notes.models import NoteClash
from app.notes.queries import texts
from app.notes.service.rows import list_rows
from app.notes.service.texts import keep

STORED, TYPED, BOTH = CHOICES = ("stored", "typed", "both")
CHANGED = N_(
    "Ces lignes ont été changées depuis : rien n'est retiré. Corrigez le texte, puis gardez les deux pour ne plus voir "
    "ce choix."
)


@command(also=list_rows)
def settle(actor: Actor, who: Participant, clash_id: int, choice: str) -> None:
    """Keep one of two texts, or both; what is taken out stays as a version. Once somebody chose, it changes nothing.

    Raise NotFound, and Conflict where the lines do not stand one under the other any more.
    """
    require(actor, policy.WRITE, who)
    clash = texts.get_clash(forum.get_topic(who).id, clash_id)
    if clash.settled_at:
        return
    if choice != BOTH:
        _take_out(actor, who, clash, choice)
    clash.settled_at = clock.now()


def _take_out(actor: Actor, who: Participant, clash: NoteClash, choice: str) -> None:
    """Leave the chosen lines alone where both stand: in the part where they were written, or a later one."""
    both = [*clash.stored.split("\n"), *clash.typed.split("\n")]
    chosen = (clash.stored if choice == STORED else clash.typed).split("\n")
    for part in texts.list_parts(clash.topic_id):
        lines = part.text.split("\n")
        at = _find(lines, both) if part.part >= clash.part else None
        if at is not None:
            lines[at : at + len(both)] = chosen
            part.saved_at, text = clock.now(), "\n".join(lines)
            keep(actor, who, part, text, text, f"clash:{clash.id}")
            return
    raise Conflict(CHANGED)


def _find(lines: Sequence[str], some: Sequence[str]) -> int | None:
    """Return where some lines stand together among others, None where they do not."""
    places = range(len(lines) - len(some) + 1)
    return next((at for at in places if list(lines[at : at + len(some)]) == list(some)), None)
