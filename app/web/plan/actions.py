"""The page of an action."""
from app.plan import policy
from app.plan.models.structure import Action
from app.plan.queries import actions as queries
from app.plan.queries import holders
from app.web.frame import follow_button, loaders
from app.web.frame.routes import public
from app.web.frame.support import render
from app.web.plan.bp import bp


@bp.get("/plan/actions/<id:action_id>")
@public(policy.READ_ACTION, of=loaders.ACTION)
def action(action: Action) -> str:
    follow = follow_button.of_action(action) if action.is_public else None
    return render("plan/action.html", action=action, milestones=queries.milestones(action.id),
                  holders=holders.of_action(action.id), follow=follow)
