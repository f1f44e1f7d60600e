"""Ideas to write: drafts kept as they are typed, publication, changes, and what an author may do of them."""
from collections.abc import Iterable

from flask import flash, jsonify, make_response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import changes
from app.admission.queries import frozen_accounts as waiting
from app.admission.queries import held_revisions
from app.core import clock
from app.core.permits import require
from app.core.text import markdown
from app.forms.base import Form
from app.forms.ideas import BODY, IdeaForm, PreviewForm, ReasonForm
from app.ideas import policy, service
from app.ideas.models import Idea
from app.ideas.queries import facets, reading
from app.reference.queries import catalogue
from app.web.frame import links, locale, posting, words
from app.web.frame.attempt import Outcome, attempt, taken
from app.web.frame.filters import label
from app.web.frame.params import single
from app.web.frame.session import me, rooms
from app.web.frame.support import go, members, refused, render
from app.web.ideas.bp import bp


def _blank() -> IdeaForm:
    """Return the form of a new idea, with what was typed if it was sent."""
    return IdeaForm().offer(rooms(), catalogue(), words, label)


def _stored(idea: Idea) -> IdeaForm:
    """Return the form filled with an idea as it is stored."""
    return _offered(IdeaForm.of(idea, facets.placings([idea])[idea.id]), idea)


def _typed(idea: Idea) -> IdeaForm:
    """Return the form of an idea with what was typed; where it is already stays offered, archived or not."""
    return _offered(IdeaForm(), idea)


def _offered(form: IdeaForm, idea: Idea) -> IdeaForm:
    present = IdeaForm.of(idea, facets.placings([idea])[idea.id]).chosen()
    return form.offer(rooms(), catalogue(), words, label, present=present, lead=None if idea.is_draft else idea)


@bp.get("/ideas/new")
@members(policy.WRITE)
def new() -> str:
    require(me(), policy.WRITE)
    form = _blank()
    form.lang.data = locale.language()
    room = rooms().by_slug.get(single("community"))
    form.community.data = room.id if room else None
    return render("ideas/new.html", form=form, idea=None, action=url_for(".create"), preview=None)


@bp.post("/ideas/new")
@members(policy.WRITE)
def create() -> str | Response:
    return _answer(_blank(), None)


@bp.get("/ideas/<id:idea_id>/edit")
@members(policy.EDIT)
def edit(idea_id: int) -> str:
    idea = reading.one(me(), idea_id, policy.EDIT)
    held = changes.current(me(), idea_id=idea.id)
    form = _offered(IdeaForm.of_words(held.words), idea) if held else _stored(idea)
    form.version.data = _version(idea)
    form.show(held)
    return render("ideas/edit.html", form=form, idea=idea, action=url_for(".change", idea_id=idea.id), preview=None,
                  held=held)


def _version(idea: Idea) -> str:
    """Name what the form of an idea begins with; of a draft, only that it is one: it saves itself as one types."""
    return "draft" if idea.is_draft else idea.version


@bp.post("/ideas/<id:idea_id>/edit")
@members(policy.EDIT)
def change(idea_id: int) -> str | Response:
    idea = posting.to_write(idea_id, policy.EDIT)
    return _answer(_typed(idea), idea)


@bp.post("/ideas/<id:idea_id>/publication")
@members(policy.PUBLISH)
def publish(idea_id: int) -> str | Response:
    """Publish a draft as it was kept; one that is not finished opens with what is missing."""
    idea = posting.to_write(idea_id, policy.PUBLISH)
    form = _stored(idea)
    del form.csrf_token
    return _submit(form, idea)


def _answer(form: IdeaForm, idea: Idea | None) -> str | Response:
    """Do what the button says with what was typed: show it, keep it as a draft, or publish it."""
    act = request.form.get("act", "publish")
    if act == "preview" and len(form.body.data or "") <= BODY:
        return _refuse(form, idea, preview=markdown.render(form.body.data or ""), code=200)
    if idea is not None and not idea.is_draft:
        return _revise(form, idea)
    return _save(form, idea) if act == "save" else _submit(form, idea)


def _submit(form: IdeaForm, idea: Idea | None) -> Response:
    """Publish a new idea or a draft, as one act."""
    begun = idea.created_at if idea else None
    code = _refusal(form, form.places()) if form.validate() else 422
    outcome = Outcome[Idea](code) if code else attempt(form, lambda: service.submit(
        me(), idea, form.typed(), form_key=form.form_key.data, signs=form.signs(since=begun)))
    if outcome.made is None:
        return _refuse(form, idea, code=outcome.code)
    flash(*posting.said(outcome.made.suspect, _("Votre contribution est publiée. Merci!")))
    return redirect(links.idea(outcome.made, kept="1" if idea else "new"), 303)


def _revise(form: IdeaForm, idea: Idea) -> Response:
    summary = form.summary.data or ""
    code = _refusal(form, [idea.community_id, *form.places()]) if form.validate() else 422
    code = code or (422 if posting.is_excessive(form, summary, "summary") else 0)
    outcome = Outcome[Idea](code) if code else attempt(form, lambda: service.revise(
        me(), idea, form.typed(), summary=summary, version=form.version.data, waiting=form.waiting.data,
        signs=form.signs()))
    if outcome.made is None:
        return _refuse(form, idea, code=outcome.code)
    flash(*posting.said_of_change(_("Vos changements sont publiés."), idea_id=idea.id))
    return redirect(links.idea(outcome.made, kept="1"), 303)


def _refusal(form: IdeaForm, places: Iterable[int | None]) -> int:
    return posting.refusal(form, f"{form.title.data}\n{form.body.data}", places=places)


def _save(form: IdeaForm, idea: Idea | None) -> Response:
    outcome = _draft(form, idea)
    if outcome.made is None:
        return _refuse(form, idea, code=outcome.code)
    flash(_("Votre brouillon est gardé; il n'est montré qu'à vous."), "success")
    return go("ideas.edit", idea_id=outcome.made.id)


def _draft(form: IdeaForm, idea: Idea | None) -> Outcome[Idea]:
    """Keep what was typed as a draft, finished or not."""
    if not form.can_be_kept():
        return Outcome(422)
    if posting.is_paused(form):
        return Outcome(403)
    return attempt(form, lambda: service.save(me(), idea, form.typed()) if idea else service.draft(
        me(), form.typed(), form_key=form.form_key.data), check=lambda: True)


def _refuse(form: IdeaForm, idea: Idea | None, *, preview: str | None = None, code: int = 422) -> Response:
    if code == 409:
        form, idea = _renewed(form, idea)
    action = url_for(".change", idea_id=idea.id) if idea else url_for(".create")
    page = "ideas/edit.html" if idea else "ideas/new.html"
    held = changes.current(me(), idea_id=idea.id) if idea else None
    return refused(page, code=code, form=form, idea=idea, action=action, preview=preview, held=held)


def _renewed(form: IdeaForm, idea: Idea | None) -> tuple[IdeaForm, Idea | None]:
    """Give what was typed over the idea as it is now, also where the form of a new idea has made one already."""
    known = idea.id if idea else service.made_by(me(), form.form_key.data)
    present = reading.find(me(), known or 0, policy.EDIT)
    if present is None:
        return form, idea
    renewed = _typed(present)
    renewed.say(None, form.form_errors[0])
    renewed.version.data = _version(present)
    renewed.show(changes.current(me(), idea_id=present.id))
    return renewed, present


@bp.post("/ideas/autosave")
@members(policy.WRITE)
def autosave_new() -> Response:
    return _autosave(_blank(), None)


@bp.post("/ideas/<id:idea_id>/autosave")
@members(policy.EDIT)
def autosave(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.EDIT)
    return _autosave(_typed(idea), idea)


def _autosave(form: IdeaForm, idea: Idea | None) -> Response:
    outcome = _draft(form, idea)
    return _not_saved(form, outcome.code) if outcome.made is None else _saved(outcome.made)


def _saved(idea: Idea) -> Response:
    return jsonify(url=url_for(".autosave", idea_id=idea.id), edit_url=url_for(".change", idea_id=idea.id),
                   keep=f"idea-{idea.id}:{me().id}", saved_at=locale.hour(clock.now()))


def _not_saved(form: IdeaForm, code: int) -> Response:
    said = form.form_errors if code != 422 else [_("Ce texte ne peut pas être gardé tel quel.")]
    return make_response(jsonify(error=" ".join(said)), code)


@bp.get("/ideas/drafts")
@members(policy.WRITE)
def drafts() -> str:
    """Give a person's drafts, and what waits of theirs to be read."""
    held, said = waiting.held_ideas(me(), me().id or 0), waiting.held_comments(me(), me().id or 0)
    return render("ideas/drafts.html", drafts=reading.drafts(me()), held=held, said=said,
                  revisions=held_revisions.of_author(me()))


@bp.route("/ideas/<id:idea_id>/discard", methods=["GET", "POST"])
@members(policy.DISCARD)
def discard(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, policy.DISCARD)
    form = Form()
    if not form.validate_on_submit():
        return render("ideas/discard.html", idea=idea, form=form)
    service.discard(me(), idea)
    flash(_("Le brouillon est jeté."), "success")
    return go("ideas.drafts")


@bp.route("/ideas/<id:idea_id>/withdrawal", methods=["GET", "POST"])
@members(policy.WITHDRAW)
def withdraw(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, policy.WITHDRAW)
    form = ReasonForm()
    if request.method == "GET":
        return render("ideas/withdraw.html", idea=idea, form=form)
    if not taken(form, lambda: service.withdraw(me(), idea, reason=form.reason.data or "")):
        return refused("ideas/withdraw.html", idea=idea, form=form)
    flash(_("Votre contribution est retirée. Elle reste lisible, avec votre motif."), "success")
    return redirect(links.idea(idea), 303)


@bp.post("/ideas/preview")
@members(policy.WRITE)
def preview() -> str | Response:
    """Show how a text will look, for the editor."""
    form = PreviewForm()
    if not form.validate():
        return refused("ideas/_preview.html", html="", errors=form.text.errors)
    return render("ideas/_preview.html", html=markdown.render(form.text.data or ""), errors=())
