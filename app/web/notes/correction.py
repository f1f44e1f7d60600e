"""Once a forum is closed, the coordination corrects what stands in the notes of its sessions, and says why.

Its team withdraws one line that was published, whenever it is.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_, NotFound
from app.forms.base import parse_number
from app.forms.notes import KINDS, CorrectionForm, LineCorrectionForm, WithdrawalForm
from app.forum import policy as forum
from app.forum.participants import Participant
from app.notes import policy
from app.notes.models import PublishedLine
from app.notes.queries import lines as queries
from app.notes.queries import texts
from app.notes.queries.report import list_corrections
from app.notes.service import correcting as service
from app.notes.service import late
from app.web.forum.participants import TOPIC
from app.web.forum.topics import BOTH
from app.web.frame.attempt import attempt
from app.web.frame.filters import name_host
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.notes import fates
from app.web.notes.bp import bp
from app.web.notes.pages import NOTES

CORRECTION = f"{NOTES}/correction"
WITHDRAWAL = f"{NOTES}/withdrawal/<id:line_id>"
CORRECTED = N_("La correction est publiée, avec sa raison.")
WITHDRAWN = N_(
    "La ligne est retirée : plus personne ne la lit ici. La coordination garde ses mots, et tout le monde lit pourquoi."
)


@bp.route(CORRECTION, methods=BOTH)
@members(policy.CORRECT, of=TOPIC, limit="team")
def correct(who: Participant) -> str | Response:
    """Correct the text; what came after the close is shown beside it, to be taken up by hand."""
    form = CorrectionForm()
    if not form.is_submitted():
        return render("notes/correction.html", **_describe(who))
    outcome = attempt(
        form, lambda: service.correct_text(me(), who, form.text.data or "", reason=_reason(form), seen=_seen(form))
    )
    if outcome.code:
        return refuse("notes/correction.html", code=outcome.code, **_describe(TOPIC.again(policy.CORRECT), form))
    return done(_url(who, "said"), *outcome.describe(_(CORRECTED)))


@bp.route(f"{CORRECTION}/<id:line_id>", methods=BOTH)
@members(policy.CORRECT, of=TOPIC, limit="team")
def correct_line(who: Participant, line_id: int) -> str | Response:
    form = LineCorrectionForm().for_kind(_get_line(who, line_id).kind)
    if not form.is_submitted():
        return render("notes/correction.html", **_describe_line(who, line_id))
    words, holder = form.text.data or "", (form.holder.data or "") if form.holder else None
    outcome = attempt(
        form,
        lambda: service.correct_line(me(), who, line_id, words, holder=holder, reason=_reason(form), seen=_seen(form)),
    )
    if outcome.code:
        again = TOPIC.again(policy.CORRECT)
        return refuse("notes/correction.html", code=outcome.code, **_describe_line(again, line_id, form))
    return done(_url(who, f"line-{line_id}"), *outcome.describe(_(CORRECTED)))


@bp.route(WITHDRAWAL, methods=BOTH)
@members(policy.WITHDRAW_LINE, of=TOPIC, limit="team")
def withdraw_line(who: Participant, line_id: int) -> str | Response:
    """Have one line that was published be read no more, with a reason."""
    form, line = WithdrawalForm(), _get_line(who, line_id)
    if not form.is_submitted():
        if line.is_withdrawn:
            raise NotFound()
        return render("notes/withdrawal.html", **_describe_withdrawal(who, line, form))
    outcome = attempt(form, lambda: service.withdraw_line(me(), who, line_id, reason=form.reason.data or ""))
    if outcome.code:
        again = TOPIC.again(policy.WITHDRAW_LINE)
        shown = _describe_withdrawal(again, _get_line(again, line_id), form)
        return refuse("notes/withdrawal.html", code=outcome.code, **shown)
    return done(_url(who, "lines"), *outcome.describe(_(WITHDRAWN)))


def _get_line(who: Participant, line_id: int) -> PublishedLine:
    return queries.get_published_line(forum.get_topic(who).id, line_id)


def _describe_withdrawal(who: Participant, line: PublishedLine, form: WithdrawalForm) -> dict[str, Any]:
    frame = {"forum": who.forum, "event": who.forum.event, "topic": who.topic, "form": form}
    return frame | {"line": line, "kind": KINDS[line.kind], "fate": fates.describe([line], who.forum.id).get(line.id)}


@bp.post(f"{NOTES}/late/<id:version_id>")
@members(policy.CORRECT, of=TOPIC, limit="team", form_on="notes.correct")
def settle_late(who: Participant, version_id: int) -> Response:
    """Say that a text that came after the close was read: taken up in the notes, or set aside."""
    url = url_for("notes.correct", forum_id=who.forum.id, topic_id=forum.get_topic(who).id)
    late.settle(me(), who, version_id)
    return done(url, _("Ce texte n'attend plus. Il reste dans les versions de la séance."))


def _reason(form: CorrectionForm) -> str:
    return form.reason.data or ""


def _seen(form: CorrectionForm) -> int:
    return parse_number(form.seen.data)


def _describe(who: Participant, form: CorrectionForm | None = None) -> dict[str, Any]:
    """Return what the page of the text shows; `form` is the one that was refused, with what was typed in it."""
    topic = forum.get_topic(who)
    notes = queries.find_published(topic.id)
    late_texts = texts.list_late(topic.id)
    writers = {version.id: name_host(version.user, version.name) for version in late_texts}
    shown = {"late": late_texts, "writers": writers}
    text = notes.text if notes else ""
    return _frame(who, partial(CorrectionForm.of, text), text, form) | shown


def _describe_line(who: Participant, line_id: int, form: CorrectionForm | None = None) -> dict[str, Any]:
    """Return what the page of a line shows, with where else its words stand."""
    line = _get_line(who, line_id)
    fate = fates.describe([line], who.forum.id).get(line.id)
    frame = _frame(who, lambda seen: LineCorrectionForm.of_line(line, seen).for_kind(line.kind), line.text, form)
    return frame | {"line": line, "fate": fate}


def _frame(
    who: Participant, make: Callable[[int], CorrectionForm], text: str, form: CorrectionForm | None
) -> dict[str, Any]:
    """Return what both pages show; sent again, a form that was refused goes over what its page now shows."""
    topic = forum.get_topic(who)
    corrections = list_corrections([topic.id])[topic.id]
    if form:
        form.seen.data = str(len(corrections))
    return {
        "forum": who.forum,
        "event": who.forum.event,
        "topic": topic,
        "form": form or make(len(corrections)),
        "present": text if form and form.text.data != text else "",
        "corrections": corrections,
        "late": [],
        "line": None,
        "fate": None,
    }


def _url(who: Participant, anchor: str) -> str:
    return url_for("notes.show", forum_id=who.forum.id, topic_id=forum.get_topic(who).id, _anchor=anchor)
