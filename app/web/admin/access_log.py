"""The log of who read the private data of accounts."""

from app.accounts import policy, queries
from app.web.admin.bp import bp
from app.web.frame.params import number
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import render


@bp.get("/access-log")
@members(policy.READ_ACCESSES)
def access_log() -> str:
    person = number("person")
    listing = queries.accesses(me(), of=person, before=number("after"))
    return render("admin/access_log.html", listing=listing, person=person)
