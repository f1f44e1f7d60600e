"""The report of a closed forum: what was asked, who came, what was said, and what it has become today."""

from flask import url_for

from app.forum.models import Forum
from app.forum.participants import Participant
from app.notes import policy
from app.web.choices import counted
from app.web.forum.read import FORUM
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.notes import report_words
from app.web.notes.bp import bp

REPORT = "/forums/<id:forum_id>/report"


@bp.get(REPORT)
@public(policy.READ_REPORT, of=FORUM)
def report(forum: Forum) -> str:
    files = [
        (url_for("notes.report_markdown", forum_id=forum.id), "Markdown"),
        (url_for("notes.report_csv", forum_id=forum.id), "CSV"),
        (url_for("notes.report_json", forum_id=forum.id), "JSON"),
    ]
    found = report_words.describe(forum)
    return render(
        "notes/report.html",
        forum=forum,
        event=forum.event,
        who=Participant(forum),
        report=found,
        ballots=counted.tell_ballots(found.choice) if found.choice else "",
        files=files,
    )
