"""What the editor asks for while somebody types: to save the draft, to preview the text."""

from flask import jsonify, make_response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import policy as accounts
from app.core import clock
from app.core.permits import may_take_part
from app.core.text import markdown
from app.forms import times
from app.forms.ideas import PreviewForm
from app.ideas import policy
from app.ideas.models import Idea
from app.web.frame import loaders
from app.web.frame.form_limits import counted_by_service, unlimited
from app.web.frame.responses import ask_later, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.ideas import idea_form
from app.web.ideas import idea_form as idea_preview
from app.web.ideas.bp import bp
from app.web.ideas.write import save_draft


@bp.post("/ideas/autosave")
@members(policy.WRITE, late=[may_take_part], form_on="ideas.new", limit=counted_by_service("draft", "sitting_draft"))
def autosave_new() -> Response:
    return _autosave(None)


@bp.post("/ideas/<id:idea_id>/autosave")
@members(policy.EDIT, of=loaders.IDEA, form_on="ideas.edit", limit="autosave")
def autosave(idea: Idea) -> Response:
    return _autosave(idea)


def _autosave(idea: Idea | None) -> Response:
    """Save what was typed so far; answer with the addresses of the draft, or why it is not saved."""
    form = idea_form.read_typed(idea)
    outcome = save_draft(form, idea)
    if outcome.code:
        errors = form.form_errors if outcome.code != 422 else [_("Ce texte ne peut pas être gardé tel quel.")]
        return ask_later(make_response(jsonify(error=" ".join(errors)), outcome.code), outcome.retry_after)
    idea_id = outcome.result.id
    return jsonify(
        url=url_for(".autosave", idea_id=idea_id),
        edit_url=url_for(".change", idea_id=idea_id),
        keep=f"idea-{idea_id}:{me().id}",
        saved_at=times.hour(clock.now()),
    )


@bp.post("/ideas/preview")
@members(
    accounts.SIGNED_IN,
    limit=unlimited("it shows how a text will look, and keeps nothing"),
    without_message="it shows how a text will look, and changes nothing",
)
def preview() -> str | Response:
    form = PreviewForm()
    if not form.validate():
        return refuse("ideas/_preview.html", code=422, html="", errors=form.text.errors)
    typed = idea_form.read_typed(None) if "kind" in request.form else None
    if typed and typed.can_be_kept():
        return render("ideas/_preview_idea.html", preview=idea_preview.build_preview(typed))
    return render("ideas/_preview.html", html=markdown.render(form.text.data or ""), errors=())
