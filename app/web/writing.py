"""Ideas to write: drafts kept as they are typed, publication, changes, and what an author may do of them."""
from functools import partial

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.permits import require
from app.core.text import markdown
from app.forms.base import Form
from app.forms.ideas import BODY, IdeaForm, ReasonForm
from app.forms.ideas import text as text_field
from app.ideas import policy, service
from app.ideas.models import Idea
from app.ideas.queries import facets, reading
from app.moderation.queries import trust as waiting
from app.reference.queries import catalogue
from app.web import links, locale, posting, words
from app.web.filters import label
from app.web.params import single
from app.web.session import me, rooms
from app.web.support import go, members, refused, render
from app.web.taking import taken

POSTS = 20
bp = Blueprint("writing", __name__, url_prefix="/ideas")


def offered(form: IdeaForm, known: IdeaForm | None = None) -> IdeaForm:
    """Fill the choices; what people know (`known`, as it is kept) stays where it is, archived or not."""
    return form.offer(rooms(), catalogue(), words, label, kept=known.chosen() if known else ())


def _of(idea: Idea) -> IdeaForm:
    return IdeaForm.of(idea, facets.placings([idea])[idea.id])


def _known(idea: Idea) -> IdeaForm | None:
    return None if idea.is_draft else _of(idea)


@bp.get("/new")
@members(policy.WRITE)
def new() -> str:
    require(me(), policy.WRITE)
    form = offered(IdeaForm(formdata=None))
    form.lang.data = locale.language()
    room = rooms().by_slug.get(single("community"))
    form.community.data = room.id if room else None
    return render("ideas/new.html", form=form, idea=None, action=url_for(".create"), preview=None)


@bp.post("/new")
@members(policy.WRITE)
def create() -> str | Response:
    form = offered(IdeaForm())
    return _take(form, None)


@bp.get("/<id:idea_id>/edit")
@members(policy.EDIT)
def edit(idea_id: int) -> str:
    idea = reading.one(me(), idea_id, policy.EDIT)
    form = _of(idea)
    offered(form, None if idea.is_draft else form)
    return render("ideas/edit.html", form=form, idea=idea, action=url_for(".change", idea_id=idea.id), preview=None)


@bp.post("/<id:idea_id>/edit")
@members(policy.EDIT)
def change(idea_id: int) -> str | Response:
    idea = posting.to_write(idea_id, policy.EDIT)
    return _take(offered(IdeaForm(), _known(idea)), idea)


@bp.post("/<id:idea_id>/publication")
@members(policy.PUBLISH)
def publish(idea_id: int) -> str | Response:
    """Publish a draft as it was kept; one that is not finished opens with what is missing."""
    idea = posting.to_write(idea_id, policy.PUBLISH)
    form = offered(_of(idea))
    del form.csrf_token
    code = _stopped(form, idea) if form.validate() else 422
    return _refuse(form, idea, code=code) if code else _published(idea, form)


def _take(form: IdeaForm, idea: Idea | None) -> str | Response:
    """Do what the button says with what was typed: show it, keep it, or publish it."""
    act = request.form.get("act", "publish")
    if act == "preview" and len(form.body.data or "") <= BODY:
        return _refuse(form, idea, preview=markdown.render(form.body.data or ""), code=200)
    if act == "save" and (idea is None or idea.is_draft):
        code = _unkept(form, idea)
        return _refuse(form, idea, code=code) if code else _kept(form, idea)
    code = _stopped(form, idea) if form.validate() else 422
    return _refuse(form, idea, code=code) if code else _published(idea, form)


def _unkept(form: IdeaForm, idea: Idea | None) -> int:
    """Say what keeps this from being a draft; give the code of the answer, or 0."""
    if not form.can_be_kept():
        return 422
    return 403 if posting.is_paused(form) else 429 if idea is None and posting.begins_too_many(form) else 0


def _stopped(form: IdeaForm, idea: Idea | None) -> int:
    """Say what keeps this from being published; what is public already is not counted again."""
    text, places = f"{form.title.data}\n{form.body.data}", form.places()
    if idea is None or idea.is_draft:
        return posting.stopped(form, "idea", text, most=POSTS, places=places)
    if posting.is_paused(form, idea.community_id, *places):
        return 403
    return 422 if posting.is_excessive(form, text) else 0


def _published(known: Idea | None, form: IdeaForm) -> Response:
    idea, kept = known or _drafted(form), "1" if known else "new"
    if idea.is_draft:
        signs = form.signs(since=known.created_at if known else None)
        idea = service.publish(me(), service.save(me(), idea, form.typed()), signs=signs)
        flash(*posting.said(idea.suspect, _("Votre contribution est publiée. Merci!")))
    elif taken(form, partial(service.revise, me(), idea, form.typed(), summary=form.summary.data or "")):
        flash(_("Vos changements sont publiés."), "success")
    else:
        return _refuse(form, idea)
    return redirect(links.idea(idea, kept=kept), 303)


def _kept(form: IdeaForm, idea: Idea | None) -> Response:
    kept = service.save(me(), idea, form.typed()) if idea else _drafted(form)
    flash(_("Votre brouillon est gardé; il n'est montré qu'à vous."), "success")
    return go("writing.edit", idea_id=kept.id)


def _drafted(form: IdeaForm) -> Idea:
    return service.draft(me(), form.typed(), form_key=form.form_key.data)


def _refuse(form: IdeaForm, idea: Idea | None, *, preview: str | None = None, code: int = 422) -> Response:
    action = url_for(".change", idea_id=idea.id) if idea else url_for(".create")
    page = "ideas/edit.html" if idea else "ideas/new.html"
    return refused(page, code=code, form=form, idea=idea, action=action, preview=preview)


@bp.post("/autosave")
@members(policy.WRITE)
def autosave_new() -> Response:
    form = offered(IdeaForm())
    code = _unkept(form, None)
    return _not_saved(form, code) if code else _saved(_drafted(form))


@bp.post("/<id:idea_id>/autosave")
@members(policy.EDIT)
def autosave(idea_id: int) -> Response:
    idea = reading.one(me(), idea_id, policy.EDIT)
    form = offered(IdeaForm(), _known(idea))
    return _saved(service.save(me(), idea, form.typed())) if form.can_be_kept() else _not_saved(form, 422)


def _saved(idea: Idea) -> Response:
    return jsonify(url=url_for(".autosave", idea_id=idea.id), edit_url=url_for(".change", idea_id=idea.id),
                   keep=f"idea-{idea.id}:{me().id}", saved_at=locale.hour(clock.now()))


def _not_saved(form: IdeaForm, code: int) -> Response:
    said = form.form_errors if code != 422 else [_("Ce texte ne peut pas être gardé tel quel.")]
    answer = jsonify(error=" ".join(said))
    answer.status_code = code
    return answer


@bp.get("/drafts")
@members(policy.WRITE)
def drafts() -> str:
    """Give a person's drafts, and what waits of theirs to be read."""
    held, said = waiting.held_ideas(me(), me().id or 0), waiting.held_comments(me(), me().id or 0)
    return render("ideas/drafts.html", drafts=reading.drafts(me()), held=held, said=said)


@bp.route("/<id:idea_id>/discard", methods=["GET", "POST"])
@members(policy.DISCARD)
def discard(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, policy.DISCARD)
    form = Form()
    if not form.validate_on_submit():
        return render("ideas/discard.html", idea=idea, form=form)
    service.discard(me(), idea)
    flash(_("Le brouillon est jeté."), "success")
    return go("writing.drafts")


@bp.route("/<id:idea_id>/withdrawal", methods=["GET", "POST"])
@members(policy.WITHDRAW)
def withdraw(idea_id: int) -> str | Response:
    idea = reading.one(me(), idea_id, policy.WITHDRAW)
    form = ReasonForm()
    if request.method == "GET":
        return render("ideas/withdraw.html", idea=idea, form=form)
    if not form.validate():
        return refused("ideas/withdraw.html", idea=idea, form=form)
    service.withdraw(me(), idea, reason=form.reason.data)
    flash(_("Votre contribution est retirée. Elle reste lisible, avec votre motif."), "success")
    return redirect(links.idea(idea), 303)


class PreviewForm(Form):
    text = text_field("", most=BODY)


@bp.post("/preview")
@members(policy.WRITE)
def preview() -> str | Response:
    """Show how a text will look, for the editor."""
    form = PreviewForm()
    if not form.validate():
        return refused("ideas/_preview.html", html="", errors=form.text.errors)
    return render("ideas/_preview.html", html=markdown.render(form.text.data or ""), errors=())
