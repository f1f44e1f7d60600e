"""The pages of the plan."""
from app.plan import policy
from app.plan.queries import plans as queries
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.frame.support import render
from app.web.plan.bp import bp


@bp.get("/plan")
@public(policy.READ, lists=queries.readable_by)
def show() -> str:
    return render("plan/show.html", plan=queries.current(me()))
