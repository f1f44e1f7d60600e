"""The page of an action."""
from app.forms.comments import CommentForm
from app.plan import policy
from app.plan.models.structure import Action
from app.plan.queries import actions as queries
from app.plan.queries import bulletins, holders
from app.web.comments import subjects, talks
from app.web.frame import loaders
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.frame.support import render
from app.web.plan.bp import bp


@bp.get("/plan/actions/<id:action_id>")
@public(policy.READ_ACTION | policy.READ_OWN_ACTION, of=loaders.ACTION)
def action(action: Action) -> str:
    subject = subjects.of_action(action)
    return render("plan/action.html", action=action, milestones=queries.milestones(action.id),
                  holders=holders.of_action(action.id), bulletins=bulletins.of_action(me(), action.id),
                  subject=subject, talk=talks.show(subject), new_ids=(),
                  form=CommentForm(formdata=None) if me().is_someone else None)
