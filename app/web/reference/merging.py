"""Two names of one organisation: the coordination lets one answer as the other, and takes it back."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_, Invalid
from app.forms.reference import OrganisationMergeForm
from app.reference import near_names, policy, queries, service
from app.reference.former_names import find_organisation
from app.reference.models import Organisation
from app.web.frame import params
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.reference import finders
from app.web.reference.admin import BOTH, place_of
from app.web.reference.bp import bp

NO_SUCH_ORGANISATION = N_("Aucun organisme ne porte ce nom.")


@bp.route("/reference/organisations/<id:organisation_id>/merge", methods=BOTH)
@members(policy.EDIT, of=finders.ANY_ORGANISATION, limit="team")
def merge_organisation(organisation: Organisation) -> str | Response:
    form = OrganisationMergeForm(into=params.single_param("into"))
    if request.method != "POST":
        return _show(organisation, form, 200)
    outcome = attempt(form, lambda: _merge(organisation, form))
    if outcome.code:
        return _show(organisation, form, outcome.code)
    names = {"name": organisation.name, "into": outcome.result.name}
    return done(
        place_of(outcome.result),
        _("« %(name)s » est fusionné avec « %(into)s » : sa page et son nom y mènent.", **names),
    )


def _show(organisation: Organisation, form: OrganisationMergeForm, code: int) -> Response:
    return refuse(
        "reference/merge_organisation.html",
        code=code,
        form=form,
        organisation=organisation,
        near=near_names.find_near(organisation.name),
        others=[other.name for other in queries.list_organisations() if other.id != organisation.id],
    )


def _merge(organisation: Organisation, form: OrganisationMergeForm) -> Organisation:
    into = find_organisation(form.into.data or "")
    if into is None:
        raise Invalid(NO_SUCH_ORGANISATION, "into")
    service.merge_organisation(me(), organisation, into)
    return into


@bp.post("/reference/organisations/<id:organisation_id>/parting")
@members(policy.EDIT, of=finders.ANY_ORGANISATION, limit="team")
def part_organisation(organisation: Organisation) -> Response:
    service.part_organisation(me(), organisation)
    return done(place_of(organisation), _("La fusion est défaite."))
