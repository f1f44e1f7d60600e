"""The log of who read the private data of the reader's account."""

from app.accounts import policy, queries
from app.web.accounts.bp import bp
from app.web.frame.params import number
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import render


@bp.get("/account/accesses")
@members(policy.SIGNED_IN)
def accesses() -> str:
    return render("accounts/accesses.html", listing=queries.accesses(me(), of=me().id, before=number("after")))
