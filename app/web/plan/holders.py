"""Who keeps an action up to date: the charge that the coordination gives."""
from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.forms.holders import HolderForm
from app.plan import policy
from app.plan.models.structure import Action
from app.plan.queries import holders as queries
from app.plan.service import holders as service
from app.web.frame import loaders
from app.web.frame.attempt import attempt
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import done, refuse, render
from app.web.plan.bp import bp

PAGE = "plan/holders/index.html"


@bp.route("/plan/actions/<id:action_id>/holders", methods=["GET", "POST"])
@members(policy.NAME_HOLDER, of=loaders.ACTION)
def holders(action: Action) -> str | Response:
    form = HolderForm()
    if not form.is_submitted():
        return render(PAGE, action=action, holders=queries.of_action(action.id), form=form)
    outcome = attempt(form, lambda: service.name(me(), action, accounts.by_email((form.email.data or "").lower())))
    if outcome.code:
        return refuse(PAGE, code=outcome.code, action=action, holders=queries.of_action(action.id), form=form)
    return done(url_for(".holders", action_id=action.id), _("La charge est donnée."))


@bp.post("/plan/actions/<id:action_id>/holders/<id:user_id>/withdrawal")
@members(policy.NAME_HOLDER, of=loaders.ACTION)
def relieve(action: Action, user_id: int) -> Response:
    service.relieve(me(), action, user_id)
    return done(url_for(".holders", action_id=action.id), _("La charge est retirée."))
