"""The report of a forum as files: a text (Markdown), a table (CSV), data (JSON)."""

from typing import Any

from flask import jsonify, url_for
from werkzeug.wrappers import Response

from app.choices.models import Choice
from app.choices.ranks import Ranked
from app.exchange import sheets
from app.forum.models import Forum
from app.notes import policy
from app.notes.models import PublishedLine
from app.web.choices.candidates import Candidate
from app.web.choices.counted import CountedChoice
from app.web.forum.read import FORUM
from app.web.frame import files, locale
from app.web.frame.routes import public
from app.web.notes import report_rows, report_text, report_words
from app.web.notes.bp import bp
from app.web.notes.fates import Fate
from app.web.notes.report import REPORT
from app.web.notes.report_words import SaidLine, SessionWords


@bp.get(f"{REPORT}.md")
@public(policy.READ_REPORT, of=FORUM)
def report_markdown(forum: Forum) -> Response:
    found = report_words.describe(forum)
    return files.send(["\n".join(report_text.write(found)) + "\n"], _name(forum), "md")


@bp.get(f"{REPORT}.csv")
@public(policy.READ_REPORT, of=FORUM)
def report_csv(forum: Forum) -> Response:
    """Send a line for each line said; a session in which none was has one all the same."""
    rows = list(report_rows.list_rows(report_words.describe(forum)))
    return files.send(sheets.csv_lines(rows), _name(forum), "csv")


@bp.get(f"{REPORT}.json")
@public(policy.READ_REPORT, of=FORUM)
def report_json(forum: Forum) -> Response:
    found, event = report_words.describe(forum), forum.event
    return jsonify(
        id=forum.id,
        url=report_words.absolute(url_for("forum.show", forum_id=forum.id)),
        question=event.question,
        title=event.title,
        starts_at=event.starts_at.isoformat(),
        ends_at=event.ends_at.isoformat(),
        complete_at=forum.phase_at.isoformat(timespec="seconds"),
        numbers={figure.key: figure.value for figure in found.figures},
        became={reach.key: reach.count for reach in found.way},
        programme=[{"start": hour.start, "name": hour.name} for hour in found.hours],
        sessions=[_export_session(session) for session in found.sessions],
        not_held=[{"title": one.topic.title, "reason": one.reason} for one in found.not_held],
        choice=_export_choice(found.choice) if found.choice else None,
    )


def _export_session(session: SessionWords) -> dict[str, Any]:
    return {
        "id": session.topic.id,
        "url": report_words.session_address(session),
        "title": session.topic.title,
        "lang": session.topic.lang,
        "host": session.host,
        "room": session.room,
        "starts_at": session.starts_at.isoformat(),
        "people": session.people_count,
        "text": session.text,
        "from_paper": bool(session.from_paper),
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
        "became": _export_fate(row, line.fate) if line.fate else None,
    }


def _export_fate(row: PublishedLine, fate: Fate) -> dict[str, Any]:
    """Export what a line has become: the idea or the action as it is now, where the reader may read it."""
    return {
        "how": row.fate,
        "words": fate.label,
        "title": fate.thing.title if fate.thing else None,
        "url": report_words.absolute(fate.url) or None,
        "status": fate.status or None,
        "step": fate.step or None,
        "is_end": fate.is_end,
        "reason": fate.reason or None,
    }


def _export_choice(found: CountedChoice) -> dict[str, Any]:
    choice = found.choice
    return {
        "dots": choice.dots,
        "most_on_one": choice.most_on_one,
        "ballots": {"online": choice.voters_count, "paper": choice.paper_ballots},
        "candidates": [_export_candidate(choice, place, one) for place, one in found.ranked],
    }


def _export_candidate(choice: Choice, place: Ranked, one: Candidate) -> dict[str, Any]:
    decision, row = one.decision, place.candidate
    url, title = (decision and decision.link) or ("", None)
    return {
        "rank": place.rank,
        "is_tied": place.is_tied,
        "text": one.text,
        "lang": one.lang,
        "url": report_words.absolute(one.url) or None,
        "total": row.total,
        "online": row.placed if choice.is_apart else None,
        "paper": row.on_paper if choice.is_apart else None,
        "decision": decision
        and {
            "text": decision.text,
            "lang": decision.lang,
            "carried_by": decision.carried_by,
            "title": title,
            "url": report_words.absolute(url) or None,
        },
    }


def _name(forum: Forum) -> str:
    return f"{'report' if locale.get_language() == 'en' else 'compte-rendu'}-{forum.id}"
