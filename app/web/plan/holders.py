"""Who keeps an action up to date: the charge that the coordination gives."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.forms.base import Form
from app.forms.charges import PersonForm
from app.plan import policy
from app.plan.models.structure import Action
from app.plan.queries import holders as queries
from app.plan.service import holders as service
from app.web.frame import choosing, confirmation_texts, confirming, links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.responses import done, refuse
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.plan.bp import bp

BOTH = ["GET", "POST"]


@bp.route("/plan/actions/<id:action_id>/holders", methods=BOTH)
@members(policy.NAME_HOLDER, of=loaders.ACTION, limit="team", back_to_desk=True)
def holders(action: Action) -> str | Response:
    """Show who keeps an action up to date; look for somebody by name; give them the charge."""
    form, code = PersonForm(), 200
    if form.is_submitted():
        chosen = choosing.find_chosen(form)
        outcome = attempt(form, lambda: service.appoint(me(), action, chosen))
        if chosen and not outcome.code:
            message = _("La charge est donnée à %(name)s.", name=person(chosen))
            return done(url_for(".holders", action_id=action.id), message)
        code = outcome.code
    present = queries.list_holders(action.id)
    found = choosing.find_people(form, apart_from=[holder.user_id for holder in present])
    return refuse("plan/holders/index.html", code=code, action=action, holders=present, form=form, **found)


@bp.route("/plan/actions/<id:action_id>/holders/<id:user_id>/withdrawal", methods=BOTH)
@members(policy.NAME_HOLDER, of=loaders.ACTION, limit="team", back_to_desk=True)
def relieve(action: Action, user_id: int) -> Any:
    """Say what the end of a charge does, then end it."""
    back, present = url_for(".holders", action_id=action.id), queries.list_holders(action.id)
    holder = next((one for one in present if one.user_id == user_id), None)
    name = person(holder.user) if holder else ""
    if request.method == "POST":
        service.relieve(me(), action, user_id)
        return done(back, _("La charge est retirée à %(name)s.", name=name) if name else _("La charge est retirée."))
    if holder is None:
        raise NotFound()
    return confirming.render_confirmation(
        confirmation_texts.CHARGES["action"],
        Form(),
        name=name,
        back=back,
        effects=[str(confirmation_texts.LAST_HOLDER)] if len(present) == 1 else [],
        steps=[(action.title, links.action_url(action)), (_("Qui tient l'action à jour"), back)],
    )
