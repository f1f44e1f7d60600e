"""Saying where an action is: the forms of whoever keeps it up to date."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.base import Form
from app.forms.bulletins import BulletinForm, BulletinTextForm
from app.plan import policy
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.queries import actions as queries
from app.plan.service import bulletins as service
from app.web.frame import loaders, local_drafts, locale
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.plan.bp import bp

PAGE, EDITING = "plan/bulletins/new.html", "plan/bulletins/edit.html"


@bp.get("/plan/actions/<id:action_id>/bulletins/new")
@members(policy.REPORT_ON, of=loaders.ACTION, back_to_desk=True, shows="report")
def new_bulletin(action: Action) -> str:
    return render(PAGE, action=action, form=_form(action, formdata=None))


@bp.post("/plan/actions/<id:action_id>/bulletins/new")
@members(policy.REPORT_ON, of=loaders.ACTION, limit="team", back_to_desk=True)
def post_bulletin(action: Action) -> Response:
    form = _form(action)
    outcome = attempt(
        form, lambda: service.post(me(), action, form.words(locale.get_language()), form_key=form.form_key.data)
    )
    if outcome.code:
        return refuse(PAGE, code=outcome.code, action=action, form=form)
    local_drafts.mark_received(local_drafts.name_of(f"bulletin-{action.id}"))
    return done(
        url_for(".action", action_id=action.id),
        _("C'est publié sur la page de l'action. Les personnes qu'elle touche en sont avisées."),
    )


def _form(action: Action, **options: object) -> BulletinForm:
    return BulletinForm.of(action, queries.list_milestones(action.id), queries.list_indicators(action.id), **options)


@bp.get("/plan/bulletins/<id:bulletin_id>/edit")
@members(policy.EDIT_BULLETIN, of=loaders.BULLETIN)
def edit_bulletin(bulletin: Bulletin) -> str:
    return render(EDITING, bulletin=bulletin, form=BulletinTextForm(formdata=None, obj=bulletin))


@bp.post("/plan/bulletins/<id:bulletin_id>/edit")
@members(policy.EDIT_BULLETIN, of=loaders.BULLETIN, limit="team")
def change_bulletin(bulletin: Bulletin) -> Response:
    form = BulletinTextForm()
    outcome = attempt(
        form, lambda: service.edit(me(), bulletin, body=form.body.data or "", blocker=form.blocker.data or "")
    )
    if outcome.code:
        return refuse(EDITING, code=outcome.code, bulletin=bulletin, form=form)
    local_drafts.mark_received(local_drafts.name_of(f"bulletin-edit-{bulletin.id}"))
    return done(url_for(".action", action_id=bulletin.action_id), *outcome.describe(_("Vos changements sont publiés.")))


@bp.route("/plan/bulletins/<id:bulletin_id>/deletion", methods=["GET", "POST"])
@members(policy.DELETE_BULLETIN, of=loaders.BULLETIN, limit="team")
def delete_bulletin(bulletin: Bulletin) -> str | Response:
    form = Form()
    if not form.validate_on_submit():
        return render("plan/bulletins/deletion.html", bulletin=bulletin, form=form)
    service.delete(me(), bulletin)
    return done(
        url_for(".action", action_id=bulletin.action_id), _("Vos mots sont retirés; ce qu'ils annonçaient reste.")
    )
