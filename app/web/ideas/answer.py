"""The answer of a community: where an idea stands, and why; drafted, read by a colleague, published."""
from typing import Any

from flask import abort, flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.forms.answers import AnswerForm, ReviewForm, VersionForm
from app.ideas import answers, policy
from app.ideas.models import Answer, Idea
from app.ideas.queries import answers as written
from app.ideas.queries import reading
from app.web.frame import links, words
from app.web.frame.attempt import LATE, asked, taken
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.ideas.bp import bp
from app.web.moderation import saved_replies

PAGE = "ideas/status.html"
ACTS = {"publish": answers.publish, "save": answers.save, "ask": answers.ask}
DONE = {
    "publish": _l("La réponse est publiée, avec son motif."),
    "save": _l("Le brouillon est gardé : votre équipe le voit, le public non."),
    "ask": _l("Le brouillon est gardé et une relecture est demandée à votre équipe."),
    "agree": _l("Vous avez donné votre accord : la réponse peut être publiée."),
    "return": _l("Le brouillon est renvoyé avec votre remarque."),
}


@bp.get("/ideas/<id:idea_id>/status")
@members(policy.ANSWER)
def answer(idea_id: int) -> str:
    return render(PAGE, **_shown(idea_id))


@bp.post("/ideas/<id:idea_id>/status")
@members(policy.ANSWER)
def write_answer(idea_id: int) -> str | Response:
    idea, act = _idea(idea_id), _pressed("publish", "save", "ask")
    form = AnswerForm().offer(idea, words.STEPS)
    if _is_late(idea, form):
        return refused(PAGE, code=409, **_shown(idea_id, form))
    if saved_replies.insert(form.reason, idea.community_id):
        return render(PAGE, **_shown(idea_id, form))
    check = form.can_be_kept if act == "save" else form.validate
    if not taken(form, lambda: ACTS[act](me(), idea, form.words()), check=check):
        return refused(PAGE, **_shown(idea_id, form))
    return _done(act, idea)


@bp.post("/ideas/<id:idea_id>/status/review")
@members(policy.ANSWER)
def send_answer_to_review(idea_id: int) -> str | Response:
    """Agree to the words of a colleague, or send them back."""
    idea, act, form = _idea(idea_id), _pressed("agree", "publish", "return"), ReviewForm()
    check = form.is_explained if act == "return" else form.validate
    if _is_late(idea, form):
        return refused(PAGE, code=409, **_shown(idea_id, review=form))
    if not taken(form, lambda: _reviewed(idea, act, form), check=check):
        return refused(PAGE, code=form.refusal_code, **_shown(idea_id, review=form))
    return _done(act, idea)


def _is_late(idea: Idea, form: AnswerForm | ReviewForm) -> bool:
    """Tell whether a colleague, or its author, took the idea out of the way meanwhile, and have the form say so."""
    if policy.ANSWER.permits(me(), idea):
        return False
    form.say(None, _(LATE))
    return True


def _reviewed(idea: Idea, act: str, form: ReviewForm) -> None:
    if act == "return":
        answers.send_back(me(), idea, version=form.version.data, remark=form.remark.data)
    else:
        answers.agree(me(), idea, version=form.version.data, and_publish=act == "publish")


@bp.post("/ideas/<id:idea_id>/status/withdrawal")
@members(policy.ANSWER)
def drop_answer(idea_id: int) -> Response:
    idea, form = reading.one(me(), idea_id, policy.ANSWER), VersionForm()
    if not taken(form, lambda: answers.drop(me(), idea, version=form.version.data)):
        if not form.form_errors:
            abort(400)
        flash(form.form_errors[0], "warning")
    return go(".answer", idea_id=idea_id)


@bp.post("/ideas/<id:idea_id>/status/restoration")
@members(policy.ANSWER)
def take_up_answer(idea_id: int) -> Response:
    answers.take_up(me(), reading.one(me(), idea_id, policy.ANSWER))
    flash(_("Le brouillon est repris."), "success")
    return go(".answer", idea_id=idea_id)


def _pressed(first: str, *others: str) -> str:
    """Read which button was pressed; none is the first."""
    act = request.form.get("act", first)
    return act if act in (first, *others) else abort(400)


def _done(act: str, idea: Idea) -> Response:
    flash(DONE[act], "success")
    return redirect(links.idea(idea, _anchor="answer"), 303) if act == "publish" else go(".answer", idea_id=idea.id)


def _idea(idea_id: int) -> Idea:
    """Find the idea to answer; an answer that was being written still finds it when nobody may answer it any more."""
    return reading.one(me(), idea_id, asked(policy.ANSWER, policy.is_answerable, policy.has_next))


def _shown(idea_id: int, form: AnswerForm | None = None, review: ReviewForm | None = None) -> dict[str, Any]:
    """Give what the page shows: the draft as it is kept now, and what was typed over it."""
    idea = _idea(idea_id)
    draft = written.living(me(), idea)
    version = draft.version if draft else ""
    is_behind = any(typed.version.data != version for typed in (form, review) if typed)
    form, review = form or _filled(draft).offer(idea, words.STEPS), review or ReviewForm(formdata=None)
    form.version.data = review.version.data = version
    wants_review = answers.wants_review(idea)
    return {
        "idea": idea, "draft": draft, "form": form, "review": review, "is_behind": is_behind,
        "wants_review": wants_review, "may_publish": not wants_review or (draft is not None and draft.is_agreed),
        "dropped": None if draft else written.dropped(me(), idea)}


def _filled(draft: Answer | None) -> AnswerForm:
    kept = {"status": draft.status, "reason": draft.reason} if draft else {}
    return AnswerForm(formdata=None, data=kept)
