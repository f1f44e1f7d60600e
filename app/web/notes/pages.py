"""The notes of a session: what was said, line by line, and who was there; written by whoever is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for

from app.core.actor import Actor
from app.core.numbers import row_number
from app.core.permits import Permission
from app.forms import times
from app.forms.notes import KINDS, NoteTextForm
from app.forum import policy as forum
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from app.notes import policy
from app.notes.models import ACTION, OFFER, NoteClash, NoteLine, NoteText, NoteVersion, PublishedLine, PublishedNotes
from app.notes.queries import lines as queries
from app.notes.queries import texts
from app.notes.queries.report import read_published
from app.notes.service import texts as text_service
from app.web.forum import live, pass_cookie, wall
from app.web.forum.participants import TOPIC
from app.web.forum.topics import ONE
from app.web.frame.filters import name_host
from app.web.frame.locale import format_date_day
from app.web.frame.params import single_param
from app.web.frame.responses import render
from app.web.frame.routes import Loader, public
from app.web.frame.session import me
from app.web.notes import fates
from app.web.notes.bp import bp

NOTES = f"{ONE}/notes"


def get_session(actor: Actor, forum_id: int, topic_id: int, permission: Permission) -> Participant:
    """Return who a person is before a session, as TOPIC does.

    For as long as what was typed before the close may come, a guest is whom their pass said they were.
    """
    if not actor.is_someone and pass_cookie.get_name() in request.cookies:
        found = forums.get_forum(actor, forum_id, forum.READ)
        if policy.closed_lately(actor, Participant(found)):
            late = Participant(found, pass_cookie.read_after_close(found))
            if before := topics.find_topic(actor, late, topic_id, permission):
                return before
    who: Participant = TOPIC.find(actor, forum_id, topic_id, permission)
    return who


SESSION = Loader(get_session, "forum_id", "topic_id")


@dataclass(frozen=True)
class Line:
    """A line in words: what it is, who wrote it and when, or copied it; of an action, who carries it and for when.

    `published_id` is its number as the public reads it, 0 where it does not.
    """

    id: int
    kind: str
    text: str
    lang: str
    holder: str
    due: str
    writer: str = ""
    hour: str = ""
    from_paper: bool = False
    fate: fates.Fate | None = None
    published_id: int = 0


@dataclass(frozen=True)
class ShownClash:
    """The same lines as two wrote them, with the name of each."""

    row: NoteClash
    stored_by: str
    typed_by: str


@bp.get(NOTES)
@public(policy.READ, of=SESSION)
def show(who: Participant) -> str:
    return render("notes/notes.html", **describe(who))


def describe(who: Participant, refused: NoteTextForm | None = None) -> dict[str, Any]:
    """Return what the page shows; `refused` is the form of a text that was sent, with what was typed in it."""
    topic, writes = forum.get_topic(who), policy.WRITE.permits(me(), who)
    published, corrections = read_published([topic.id])[topic.id]
    frame = _frame(who) | {"corrections": corrections}
    if who.forum.is_closed or not policy.READ_UNPUBLISHED.permits(me(), who):
        return frame | _describe_published(who, published)
    rows = {line.id: line for line in queries.list_published(topic.id)} if published else {}
    found = fates.describe(list(rows.values()), who.forum.id)
    lines = [_tell_written(one, rows, found) for one in queries.list_lines(topic.id)]
    notes, parts = queries.find_notes(topic.id), texts.list_parts(topic.id)
    return frame | {
        "published_at": published.published_at if published else None,
        "from_paper": texts.has_paper(topic.id),
        "is_written": notes is not None,
        "people_count": notes.people_there if notes else None,
        "texts": [part.text for part in parts],
        "clashes": list_clashes(topic.id),
        "lines": lines,
        "writes": writes,
        "text_forms": _list_text_forms(who, parts, refused) if writes else [],
        "read_at": live.tell_hour(who.forum),
        "form": refused,
    }


def _frame(who: Participant) -> dict[str, Any]:
    """Return what the page shows whoever reads it."""
    topic, writes_late = forum.get_topic(who), policy.SEND_LATE.permits(me(), who)
    return {
        "who": who,
        "forum": who.forum,
        "event": who.forum.event,
        "topic": topic,
        "cell": wall.tell_cells(who, [topic]).get(topic.id, ""),
        "kinds": KINDS,
        "leads": (ACTION, OFFER),
        "mine": name_writer(who) if writes_late or policy.WRITE.permits(me(), who) else "",
        "late": texts.list_late(topic.id) if policy.CORRECT.permits(me(), who) else [],
        "clashes": [],
        "writes": False,
        "text_forms": [],
        "read_at": "",
        "form": None,
    }


def _describe_published(who: Participant, published: PublishedNotes | None) -> dict[str, Any]:
    """Return what the public reads: the notes as they were when they were published, and what each line has become."""
    lines = queries.list_published(forum.get_topic(who).id) if published else []
    found = fates.describe(lines, who.forum.id)
    return {
        "published_at": published.published_at if published else None,
        "from_paper": published is not None and published.from_paper,
        "is_written": published is not None,
        "people_count": published.people_there if published else None,
        "texts": [published.text] if published and published.text else [],
        "lines": [replace(_tell(line), fate=found.get(line.id), published_id=line.id) for line in lines],
    }


def _tell_written(line: NoteLine, rows: Mapping[int, PublishedLine], found: Mapping[int, fates.Fate]) -> Line:
    """Say a line as it is being written, with what became of it as it was published."""
    first_id = line.first_id or line.id
    return replace(_tell(line), fate=found.get(first_id), published_id=first_id if first_id in rows else 0)


def _list_text_forms(
    who: Participant, parts: Sequence[NoteText], refused: NoteTextForm | None
) -> Sequence[NoteTextForm]:
    """Return a form for each part, and one for the next where the last is nearly full."""
    forms = [NoteTextForm.of(part) for part in parts] or [NoteTextForm.of(None)]
    if parts and len(parts[-1].text) > text_service.MOST - 1_000:
        forms.append(NoteTextForm.of(None, parts[-1].part + 1))
    if refused:
        forms = [refused if str(one.part.data) == str(refused.part.data) else one for one in forms]
    return [one.for_team(forum.runs_this(me(), who)) for one in forms]


def _tell(line: NoteLine | PublishedLine) -> Line:
    """Say a line in words; the public reads it without who wrote it."""
    due = format_date_day(line.due_on) if line.due_on else ""
    words = line.id, line.kind, line.text, line.lang, line.holder, due
    if isinstance(line, PublishedLine):
        return Line(*words)
    return Line(*words, name_host(line.user, line.name), times.hour(line.at), line.from_paper)


def name_writer(who: Participant) -> str:
    """Name whoever writes, as a browser keeps what waits for them: a member, or the place of a guest."""
    return f"m{me().id}" if me().is_someone else str(who.registration.id) if who.registration else ""


def list_clashes(topic_id: int) -> Sequence[ShownClash]:
    """Return the lines that two wrote and nobody chose between, with the names of both."""
    clashes = texts.list_clashes(topic_id)
    numbers = [(one.part, number) for one in clashes for number in (one.stored_number, one.number)]
    versions = texts.list_versions(topic_id, numbers)
    return [
        ShownClash(one, *(_name(versions.get((one.part, number))) for number in (one.stored_number, one.number)))
        for one in clashes
    ]


def _name(version: NoteVersion | None) -> str:
    return name_host(version.user, version.name) if version else name_host(None, "")


@bp.get(f"{NOTES}/history")
@public(policy.READ_UNPUBLISHED, of=TOPIC)
def history(who: Participant) -> str:
    """Show each text as it was sent, the last first, and the lines that were changed or taken out."""
    topic, before = forum.get_topic(who), row_number(single_param("before"))
    gone = [] if before else [_tell(line) for line in queries.list_gone(topic.id)]
    listing = texts.list_history(topic.id, before)
    names = {version.id: _name(version) for version in listing.items}
    return render("notes/history.html", **_frame(who) | {"listing": listing, "gone": gone, "names": names})


def get_url(who: Participant, anchor: str | None = None) -> str:
    return url_for("notes.show", forum_id=who.forum.id, topic_id=forum.get_topic(who).id, _anchor=anchor)
