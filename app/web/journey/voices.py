"""The voices that the plan came from: of all of it, of an objective, of an action."""

from flask_babel import gettext as _

from app.journey import voices
from app.plan import policy
from app.plan.models.structure import Action, Objective, Plan
from app.plan.queries import plans
from app.web.frame import loaders
from app.web.frame.filters import compose, french
from app.web.frame.responses import render
from app.web.frame.routes import Loader, public
from app.web.frame.session import me
from app.web.journey.bp import bp


@bp.get("/plan/<id:plan_id>/voices")
@public(policy.READ, of=loaders.PLAN)
def of_plan(plan: Plan) -> str:
    return render("journey/voices.html", title=_("Les voix d'où part le plan"), voices=voices.of_plan(me(), plan))


@bp.get("/plan/objectives/<id:objective_id>/voices")
@public(policy.READ_OBJECTIVE, of=Loader(plans.get_objective, "objective_id"))
def of_objective(objective: Objective) -> str:
    title = compose(_("Les voix d'où part l'objectif « %(title)s »"), title=french(objective.title))
    return render("journey/voices.html", title=title, voices=voices.of_objective(me(), objective))


@bp.get("/plan/actions/<id:action_id>/voices")
@public(policy.READ_ACTION, of=loaders.ACTION)
def of_action(action: Action) -> str:
    title = compose(_("Les voix d'où part l'action « %(title)s »"), title=french(action.title))
    return render("journey/voices.html", title=title, voices=voices.of_action(me(), action), action=action)
