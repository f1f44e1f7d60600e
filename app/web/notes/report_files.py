"""The report of a forum as files: a text (Markdown), a table (CSV), data (JSON)."""

from collections.abc import Iterator
from typing import Any

from flask import jsonify, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.text.escaping import escape
from app.exchange import sheets
from app.forum.models import Forum
from app.notes import policy
from app.web.forum.read import FORUM
from app.web.frame import event_words, files, links, locale
from app.web.frame.filters import colon
from app.web.frame.locale import format_day
from app.web.frame.routes import public
from app.web.notes import report_words
from app.web.notes.bp import bp
from app.web.notes.report import REPORT
from app.web.notes.report_words import ReportWords, SaidLine, SessionWords


@bp.get(f"{REPORT}.md")
@public(policy.READ_REPORT, of=FORUM)
def report_markdown(forum: Forum) -> Response:
    found = report_words.describe(forum)
    return files.send(["\n".join(_write(found)) + "\n"], _name(forum), "md")


@bp.get(f"{REPORT}.csv")
@public(policy.READ_REPORT, of=FORUM)
def report_csv(forum: Forum) -> Response:
    """Send a line for each line said; a session in which none was has one all the same."""
    rows = [_titles(), *_list_rows(report_words.describe(forum))]
    return files.send(sheets.csv_lines(rows), _name(forum), "csv")


@bp.get(f"{REPORT}.json")
@public(policy.READ_REPORT, of=FORUM)
def report_json(forum: Forum) -> Response:
    found, event = report_words.describe(forum), forum.event
    return jsonify(
        id=forum.id,
        url=links.absolute_url(url_for("forum.show", forum_id=forum.id)),
        question=event.question,
        title=event.title,
        starts_at=event.starts_at.isoformat(),
        ends_at=event.ends_at.isoformat(),
        complete_at=forum.phase_at.isoformat(timespec="seconds"),
        numbers={figure.key: figure.value for figure in found.figures},
        programme=[{"start": hour.start, "name": hour.name} for hour in found.hours],
        sessions=[_export_session(session) for session in found.sessions],
        not_held=[{"title": one.topic.title, "reason": one.reason} for one in found.not_held],
        choices=list(found.choices),
    )


def _export_session(session: SessionWords) -> dict[str, Any]:
    return {
        "id": session.topic.id,
        "url": _address(session),
        "title": session.topic.title,
        "lang": session.topic.lang,
        "host": session.host,
        "room": session.room,
        "starts_at": session.starts_at.isoformat(),
        "people": session.people_count,
        "text": session.text,
        "lines": [_export_line(line) for line in session.lines],
        "corrections": [
            {"at": at.isoformat(timespec="seconds"), "reason": reason} for at, reason in session.corrections
        ],
    }


def _export_line(line: SaidLine) -> dict[str, Any]:
    row = line.row
    return {
        "id": row.id,
        "kind": row.kind,
        "text": row.text,
        "lang": row.lang,
        "holder": row.holder,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "became": line.fate.words,
    }


def _write(found: ReportWords) -> Iterator[str]:
    """Yield the report as Markdown, line by line: what people wrote is read as they wrote it."""
    event = found.forum.event
    yield f"# {escape(event.question)}"
    yield f"\n{escape(event.title)}, {escape(event_words.tell_when(event))}\n"
    yield from (f"- {figure.label}{colon()}{figure.words}" for figure in found.figures)
    yield f"\n## {_('Le déroulement')}\n"
    yield from (f"- {hour.start}{colon()}{escape(hour.sessions or hour.name)}" for hour in found.hours)
    for session in found.sessions:
        yield from _write_session(session)
    if found.not_held:
        yield "\n## " + _("Sujets qui n'ont pas été tenus") + "\n"
        yield from (f"- {escape(one.topic.title)}. {escape(one.reason)}" for one in found.not_held)


def _write_session(session: SessionWords) -> Iterator[str]:
    yield f"\n## {escape(session.topic.title)}\n"
    yield escape(" · ".join(filter(None, [session.cell, session.host, session.people])))
    yield from (f"\n{escape(line)}" for line in session.text.splitlines() if line.strip())
    if session.lines:
        yield ""
    for line in session.lines:
        more = ", ".join(filter(None, [line.row.holder, line.due]))
        words = f"- **{line.kind}.** {escape(line.row.text)}" + (f" ({escape(more)})" if more else "")
        yield f"{words} → {escape(line.fate.words)}" if line.fate.words else words
    yield from (f"\n*{_tell_correction(at, reason)}*" for at, reason in session.corrections)


def _tell_correction(at: Any, reason: str) -> str:
    return _("Corrigé le %(day)s : %(reason)s", day=format_day(at), reason=escape(reason))


def _titles() -> list[str]:
    return [
        _("Séance"),
        _("Heure et salle"),
        _("Personnes"),
        _("Nature"),
        _("Ce qui s'est dit"),
        _("Qui s'en charge"),
        _("Pour quand"),
        _("Ce que c'est devenu"),
        _("Adresse"),
    ]


def _list_rows(found: ReportWords) -> Iterator[list[str]]:
    for session in found.sessions:
        count = "" if session.people_count is None else str(session.people_count)
        head, address = [session.topic.title, session.cell, count], _address(session)
        if not session.lines:
            yield [*head, "", "", "", "", "", address]
        for line in session.lines:
            row = line.row
            due = row.due_on.isoformat() if row.due_on else ""
            yield [*head, line.kind, row.text, row.holder, due, line.fate.words, address]


def _address(session: SessionWords) -> str:
    topic = session.topic
    return links.absolute_url(url_for("notes.show", forum_id=topic.forum_id, topic_id=topic.id))


def _name(forum: Forum) -> str:
    return f"{'report' if locale.get_language() == 'en' else 'compte-rendu'}-{forum.id}"
