"""Who helps at a meeting: the charges of its door and of its minutes, which its team gives."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.events import policy
from app.events.models.meetings import Event
from app.events.queries import charges as queries
from app.events.service import charges as service
from app.forms.base import Form
from app.forms.charges import PersonForm
from app.web.events.bp import bp
from app.web.frame import choosing, confirmation_texts, confirming, links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.responses import done, refuse
from app.web.frame.routes import members
from app.web.frame.session import me

BOTH = ["GET", "POST"]
PLACE = "/events/<id:event_id>/charges/<any(door, secretary):kind>"
NAMES = {"door": _l("L'accueil"), "secretary": _l("Le secrétariat")}
LEADS = {
    "door": _l(
        "Ces personnes tiennent l'accueil : elles lisent les noms et les besoins de qui vient à cette rencontre, et "
        "rien d'autre. La charge finit d'elle-même 24 heures après la rencontre."
    ),
    "secretary": _l(
        "Ces personnes écrivent et publient le compte rendu. La charge finit d'elle-même 24 heures après la rencontre."
    ),
}


@bp.route(PLACE, methods=BOTH)
@members(policy.GIVE_CHARGE, of=loaders.EVENT, limit="team")
def list_charges(event: Event, kind: str) -> str | Response:
    """Show who has a charge of a meeting; look for somebody by name; give it to them."""
    form, code = PersonForm(), 200
    if form.is_submitted():
        chosen = choosing.find_chosen(form)
        outcome = attempt(form, lambda: service.give(me(), event, chosen, kind))
        if chosen and not outcome.code:
            message = _("La charge est donnée à %(name)s.", name=person(chosen))
            return done(url_for(".list_charges", event_id=event.id, kind=kind), message)
        code = outcome.code
    present = queries.list_charges(event.id, kind)
    found = choosing.find_people(form, apart_from=[one.user_id for one in present])
    return refuse(
        "events/charges.html",
        code=code,
        event=event,
        kind=kind,
        names=NAMES,
        lead=LEADS[kind],
        charges=present,
        form=form,
        **found,
    )


@bp.route(f"{PLACE}/<id:user_id>/withdrawal", methods=BOTH)
@members(policy.GIVE_CHARGE, of=loaders.EVENT, limit="team")
def take_charge_back(event: Event, kind: str, user_id: int) -> Any:
    """Say what the end of a charge does, then end it."""
    back = url_for(".list_charges", event_id=event.id, kind=kind)
    present = [one for one in queries.list_charges(event.id, kind) if one.user_id == user_id]
    name = person(present[0].user) if present else ""
    if request.method == "POST":
        service.take_back(me(), event, user_id, kind)
        return done(back, _("La charge est retirée à %(name)s.", name=name) if name else _("La charge est retirée."))
    if not present:
        raise NotFound()
    return confirming.render_confirmation(
        confirmation_texts.CHARGES["event"],
        Form(),
        name=name,
        back=back,
        steps=[(event.title, links.event_url(event)), (str(NAMES[kind]), back)],
    )
