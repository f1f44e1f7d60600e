"""The answer of a community to an idea, its new status and why: drafted, reviewed by a colleague, published."""

from dataclasses import replace
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core.errors import N_
from app.forms.answers import AnswerForm, ReviewForm, VersionForm, compute_digest
from app.ideas import answers, policy
from app.ideas.answers import AnswerWords
from app.ideas.models import Answer, Idea
from app.ideas.queries import answers as queries
from app.ideas.queries import reading
from app.web.frame import links, loaders, words
from app.web.frame.attempt import LATE, attempt
from app.web.frame.overlaps import act_over, attempt_over, describe_colleague_changes, refresh
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.ideas.bp import bp
from app.web.moderation import saved_replies

PAGE = "ideas/status.html"
# A colleague, or its author, may take the idea out of the way while an answer is being written.
STATES = policy.is_answerable, policy.has_next
REWRITTEN = N_(
    "Vous avez changé les mots de cette réponse. Renvoyez-la avec une remarque : vos mots partent avec "
    "elle, et la personne qui l'avait écrite les lira avant qu'ils paraissent."
)
ACTS = {"publish": answers.publish, "save": answers.save, "ask": answers.ask_review}
DONE = {
    "publish": _l("La réponse est publiée, avec son motif."),
    "save": _l("Le brouillon est gardé : votre équipe le voit, le public non."),
    "ask": _l("Le brouillon est gardé et une relecture est demandée à votre équipe."),
    "agree": _l("Vous avez donné votre accord : la réponse peut être publiée."),
    "return": _l("Le brouillon est renvoyé avec votre remarque; ce que vous y avez changé est gardé."),
}


@bp.get("/ideas/<id:idea_id>/status")
@members(policy.ANSWER, of=loaders.IDEA, back_to_desk=True, shows="draft")
def answer(idea: Idea) -> str:
    return render(PAGE, **_context(idea))


@bp.post("/ideas/<id:idea_id>/status")
@members(policy.ANSWER, of=loaders.IDEA, late=STATES, limit="team", back_to_desk=True)
def write_answer(idea: Idea) -> str | Response:
    """Publish, keep or have read what was written; a remark that was begun beside it goes with none of these."""
    act, form = _read_act("publish", "save", "ask"), AnswerForm().offer(idea, words.ANSWERS)
    if _is_late(idea, form):
        return _refuse(409, idea, form)
    if saved_replies.insert(form.reason, idea.community_id):
        return render(PAGE, **_context(idea, form))
    review, is_right = ReviewForm(), form.can_be_kept if act == "save" else form.validate
    outcome = attempt_over(
        form,
        idea,
        lambda: _read_stored(idea),
        lambda: ACTS[act](me(), idea, _read_words(idea, form)),
        check=lambda: review.validate() and is_right(),
    )
    if outcome.code:
        return _refuse(outcome.code, idea, form, review if review.errors else None)
    return _finish(act, idea, describe_colleague_changes(form))


def _read_stored(idea: Idea) -> AnswerForm | None:
    """Return the form with the draft as it is stored now; None where there is none to write over."""
    draft = queries.find_draft(me(), idea)
    return _fill_form(draft).offer(idea, words.ANSWERS) if draft else None


def _read_words(idea: Idea, form: AnswerForm) -> AnswerWords:
    """Return what was typed, over the draft that it was compared with."""
    draft = queries.find_draft(me(), idea)
    return replace(form.words(), version=draft.version) if draft else form.words()


@bp.post("/ideas/<id:idea_id>/status/review")
@members(policy.ANSWER, of=loaders.IDEA, late=STATES, limit="team", back_to_desk=True)
def send_answer_to_review(idea: Idea) -> str | Response:
    """Agree to the draft of a colleague, or send it back, with other words where the reviewer wrote some."""
    act, form, rewriting = _read_act("agree", "publish", "return"), ReviewForm(), _read_rewriting(idea)
    if _is_late(idea, form):
        return _refuse(409, idea, rewriting, form)

    def review() -> Answer:
        return _review(idea, act, form, rewriting)

    outcome = attempt(
        form,
        act_over(rewriting, idea, lambda: _read_stored(idea), review) if rewriting else review,
        check=lambda: _check(act, form, rewriting),
    )
    return _refuse(outcome.code, idea, rewriting, form) if outcome.code else _finish(act, idea)


def _read_rewriting(idea: Idea) -> AnswerForm | None:
    """Return what a reviewer wrote over the words that the page showed, or None."""
    form = AnswerForm().offer(idea, words.ANSWERS)
    shown = request.form.get("shown")
    return form if shown and "reason" in request.form and compute_digest(form.words()) != shown else None


def _check(act: str, form: ReviewForm, rewriting: AnswerForm | None) -> bool:
    """Check a review: who sends back says why, and who wrote other words has them read too."""
    is_right = form.is_explained() if act == "return" else form.validate()
    if rewriting and act != "return":
        form.say(None, _(REWRITTEN))
        return False
    return is_right and (rewriting is None or rewriting.can_be_kept())


def _review(idea: Idea, act: str, form: ReviewForm, rewriting: AnswerForm | None) -> Answer:
    version = form.version.data
    if act == "return":
        other_words = rewriting.words() if rewriting else None
        return answers.send_back(me(), idea, version=version, remark=form.remark.data, words=other_words)
    return answers.agree(me(), idea, version=version, and_publish=act == "publish")


@bp.post("/ideas/<id:idea_id>/status/withdrawal")
@members(policy.ANSWER, of=loaders.IDEA, limit="team", back_to_desk=True)
def drop_answer(idea: Idea) -> Response:
    form = VersionForm()
    if attempt(form, lambda: answers.drop(me(), idea, version=form.version.data)).code:
        if not form.form_errors:
            abort(400)
        return done(url_for(".answer", idea_id=idea.id), form.form_errors[0], "warning")
    return done(url_for(".answer", idea_id=idea.id), _("Le brouillon est retiré; il peut être repris."))


@bp.post("/ideas/<id:idea_id>/status/restoration")
@members(policy.ANSWER, of=loaders.IDEA, limit="team", back_to_desk=True)
def take_up_answer(idea: Idea) -> Response:
    answers.take_up(me(), idea)
    return done(url_for(".answer", idea_id=idea.id), _("Le brouillon est repris."), goes_on=True)


def _read_act(first: str, *others: str) -> str:
    """Return the act of the button that was pressed; without a button, the first."""
    act = request.form.get("act", first)
    return act if act in (first, *others) else abort(400)


def _is_late(idea: Idea, form: AnswerForm | ReviewForm) -> bool:
    """Tell whether an idea can no longer be answered; say so on the form."""
    is_late = not policy.ANSWER.permits(me(), idea)
    if is_late:
        form.say(None, _(LATE))
    return is_late


def _finish(act: str, idea: Idea, more: str = "") -> Response:
    page = links.idea_url(idea, _anchor="answer") if act == "publish" else url_for(".answer", idea_id=idea.id)
    return done(page, f"{DONE[act]} {more}".strip(), goes_on=act == "save")


def _refuse(code: int, idea: Idea, form: AnswerForm | None = None, review: ReviewForm | None = None) -> Response:
    """Show the page again, with the idea and its draft as they are now."""
    present = reading.get_idea(me(), idea.id, policy.ANSWER.whatever(*STATES))
    return refuse(PAGE, code=code, **_context(present, form, review))


def _context(idea: Idea, form: AnswerForm | None = None, review: ReviewForm | None = None) -> dict[str, Any]:
    """Return what the page shows: the draft as it is stored now, and what was typed over it."""
    draft = queries.find_draft(me(), idea)
    version = draft.version if draft else ""
    is_behind = any(one.version.data != version for one in (form, review) if one)
    if form:
        refresh(form, _read_stored(idea))
    form, review = form or _fill_form(draft).offer(idea, words.ANSWERS), review or ReviewForm(formdata=None)
    form.version.data = review.version.data = version
    review.shown.data = compute_digest(AnswerWords(draft.status, draft.reason)) if draft else ""
    wants_review = answers.wants_review(idea)
    return {
        "idea": idea,
        "draft": draft,
        "form": form,
        "review": review,
        "is_behind": is_behind,
        "wants_review": wants_review,
        "may_publish": not wants_review or (draft is not None and draft.is_agreed),
        "dropped_draft": None if draft else queries.find_last_dropped(me(), idea),
    }


def _fill_form(draft: Answer | None) -> AnswerForm:
    return AnswerForm(formdata=None, data={"status": draft.status, "reason": draft.reason} if draft else {})
