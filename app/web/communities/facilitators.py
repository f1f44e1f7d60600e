"""The team of a community: its charges, given to people and taken back."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models.people import SITE_ROLES, User
from app.communities import policy, queries, service
from app.communities.queries import Room
from app.core.errors import NotFound
from app.forms.base import Form
from app.forms.communities import FacilitatorForm
from app.web.communities.bp import bp
from app.web.frame import choosing, confirmation_texts, confirming, loaders
from app.web.frame.attempt import attempt
from app.web.frame.filters import display_name, label
from app.web.frame.responses import done, refuse
from app.web.frame.routes import members
from app.web.frame.session import me

BOTH = ["GET", "POST"]
# The administration does not moderate.
ABLE = [role for role in SITE_ROLES if role != "admin"]


@bp.route("/communities/<slug>/facilitators", methods=BOTH)
@members(policy.GRANT, of=loaders.COMMUNITY, limit="team")
def facilitators(room: Room) -> str | Response:
    """Show the team; look for somebody by name; give them the charge, or prolong it."""
    form, code = FacilitatorForm(), 200
    if form.is_submitted():
        outcome = attempt(form, lambda: _grant(room, form))
        if not outcome.code:
            name = display_name(outcome.result.name)
            return done(url_for(".facilitators", slug=room.slug), _("La charge est donnée à %(name)s.", name=name))
        code = outcome.code
    return refuse(
        "communities/facilitators.html",
        code=code,
        room=room,
        charges=queries.list_charges(room.id),
        form=form,
        **choosing.find_people(form, roles=ABLE),
    )


def _grant(room: Room, form: FacilitatorForm) -> User:
    """Give the charge to whoever was chosen; the service refuses nobody as it does an account that may not have it."""
    person = choosing.find_chosen(form)
    service.grant_facilitator(
        me(), queries.get_community(room.id), person.id if person else 0, expires_at=form.expires_at()
    )
    assert person is not None, "a charge is given to nobody"
    return person


@bp.route("/communities/<slug>/facilitators/<id:user_id>/withdrawal", methods=BOTH)
@members(policy.GRANT, of=loaders.COMMUNITY, limit="team")
def relieve(room: Room, user_id: int) -> Any:
    """Say what the end of a charge does, above all that of the last one, then end it."""
    back, charges = url_for(".facilitators", slug=room.slug), queries.list_charges(room.id)
    person = next((one for one, _charge in charges if one.id == user_id), None)
    name = display_name(person.name) if person else ""
    if request.method == "POST":
        service.revoke_facilitator(me(), queries.get_community(room.id), user_id)
        return _say_relieved(room, back, name)
    if person is None:
        raise NotFound()
    return confirming.render_confirmation(
        confirmation_texts.CHARGES["team"],
        Form(),
        name=name,
        back=back,
        effects=[str(confirmation_texts.LAST_OF_TEAM)] if len(charges) == 1 else [],
        steps=[(label(room), url_for(".show", slug=room.slug)), (_("Équipe d'animation"), back)],
    )


def _say_relieved(room: Room, back: str, name: str) -> Response:
    """Say whose charge ended ("" where it had already), and who answers for the community after the last one."""
    message = _("La charge est retirée à %(name)s.", name=name) if name else _("La charge est retirée.")
    if queries.list_charges(room.id):
        return done(back, message)
    alone = _("Il n'y a plus d'équipe d'animation : la coordination répond de cette communauté.")
    return done(back, f"{message} {alone}", "warning")
