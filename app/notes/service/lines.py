"""Every act on the lines of the notes of a session: added, changed, taken out; and how many people were there."""

from dataclasses import asdict, dataclass, replace

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.forum import policy as forum
from app.forum.participants import Participant
from app.notes import policy, writers
from app.notes.models import NoteLine, SessionNotes
from app.notes.queries import lines as queries
from app.notes.service.rows import begin, list_rows
from app.notes.words import LineWords

MOST = 400
FULL = N_("Ces notes ont déjà 400 lignes : changez ou retirez l'une d'elles, ou parlez-en à l'équipe d'animation.")
GONE = N_("Cette ligne n'est plus là : quelqu'un l'a retirée. La vôtre n'est pas perdue : ajoutez-la.")


@dataclass(frozen=True)
class Written:
    """A line as it was stored; `beside` tells that another had changed it first, so that both stand."""

    line: NoteLine
    beside: bool = False


@command(also=list_rows)
def add(actor: Actor, who: Participant, words: LineWords, *, key: str) -> NoteLine:
    """Add a line; the same sending again gives the same one. Raise Conflict past `MOST`."""
    require(actor, policy.WRITE, who)
    topic_id = forum.get_topic(who).id
    begin(topic_id)
    known = queries.find_sent(topic_id, writers.name_sending(key, actor, who, words))
    if known:
        return known
    if queries.count_lines(topic_id) >= MOST:
        raise Conflict(FULL)
    return _store(actor, who, words, key)


@command(also=list_rows)
def change(actor: Actor, who: Participant, line_id: int, words: LineWords, *, key: str) -> Written | None:
    """Put a line in the place of another, None for the same words; where somebody did so first, both stand.

    Raise Conflict where it was taken out.
    """
    require(actor, policy.WRITE, who)
    topic_id = forum.get_topic(who).id
    begin(topic_id)
    known = queries.find_sent(topic_id, writers.name_sending(key, actor, who, words))
    if known:
        return Written(known, beside=known.replaces_id is None)
    line = queries.find_line(topic_id, line_id)
    if line is None or line.removed_at:
        raise Conflict(GONE)
    if _is_said(line, words, is_team=forum.runs_this(actor, who)):
        return None
    if queries.find_newer(line.id):
        return Written(_store(actor, who, words, key), beside=True)
    return Written(_store(actor, who, words, key, replaces_id=line.id, first_id=line.first_id or line.id))


def _is_said(line: NoteLine, words: LineWords, *, is_team: bool) -> bool:
    """Tell whether a line says these words already; the team alone says that it was copied."""
    names = ("kind", "text", "holder", "due_on", *(["from_paper"] if is_team else []))
    return all(getattr(line, name) == getattr(words, name) for name in names)


@command(also=list_rows)
def take_out(actor: Actor, who: Participant, line_id: int) -> None:
    """Take a line out of the notes; a second time changes nothing. Raise Conflict where it was changed meanwhile."""
    require(actor, policy.WRITE, who)
    topic_id = forum.get_topic(who).id
    begin(topic_id)
    line = queries.find_line(topic_id, line_id)
    if line is None or queries.find_newer(line_id):
        raise Conflict(GONE)
    line.removed_at = line.removed_at or clock.now()


@command(also=list_rows)
def count_people(actor: Actor, who: Participant, people_count: int) -> None:
    """Write how many people were in a session."""
    require(actor, policy.WRITE, who)
    topic_id = forum.get_topic(who).id
    begin(topic_id)
    db.session.get_one(SessionNotes, topic_id).people_there = people_count


def _store(actor: Actor, who: Participant, words: LineWords, key: str, **place: int | None) -> NoteLine:
    topic_id = forum.get_topic(who).id
    sent_as = writers.name_sending(key, actor, who, words)
    words = replace(words, from_paper=words.from_paper and forum.runs_this(actor, who))
    line = NoteLine(topic_id=topic_id, sent_as=sent_as, **asdict(words), **place, **writers.describe(actor, who))
    db.session.add(line)
    db.session.flush()
    return line
