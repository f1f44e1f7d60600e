"""The acronyms, for coordinators: add, correct; their list and their archive are those of `admin`."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.reference import AcronymForm
from app.reference import acronyms, policy
from app.reference.models import Acronym
from app.web.frame.attempt import attempt
from app.web.frame.overlaps import attempt_over, describe_edit
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.reference import finders
from app.web.reference.admin import BOTH, place_of
from app.web.reference.bp import bp

PAGE = "reference/edit_acronym.html"


@bp.route("/reference/acronyms/new", methods=BOTH)
@members(policy.EDIT, limit="team")
def new_acronym() -> str | Response:
    form = AcronymForm()
    if request.method != "POST":
        return render(PAGE, form=form, acronym=None)
    outcome = attempt(form, lambda: acronyms.create(me(), form.name.data or "", form.meaning.data or ""))
    if outcome.code:
        return refuse(PAGE, code=outcome.code, form=form, acronym=None)
    return done(place_of(outcome.result), _("Le sigle est ajouté : la recherche en tient compte."))


@bp.route("/reference/acronyms/<id:acronym_id>/edit", methods=BOTH)
@members(policy.EDIT, of=finders.ACRONYM, limit="team")
def edit_acronym(acronym: Acronym) -> str | Response:
    form = AcronymForm(obj=acronym)
    if request.method != "POST":
        return render(PAGE, form=form, acronym=acronym)
    outcome = attempt_over(
        form,
        acronym,
        lambda: AcronymForm(formdata=None, obj=acronym),
        lambda: acronyms.edit(me(), acronym, form.name.data or "", form.meaning.data or ""),
    )
    if outcome.code:
        return refuse(PAGE, code=outcome.code, form=form, acronym=acronym)
    return done(place_of(acronym), *describe_edit(outcome, _("Vos changements sont enregistrés."), form))
