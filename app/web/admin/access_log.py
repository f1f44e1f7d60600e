"""Who read what accounts keep to themselves: told to each person, and to those who answer for it."""
from app.accounts import policy, queries
from app.core.permits import require
from app.web.admin.bp import bp
from app.web.frame.params import number
from app.web.frame.session import me
from app.web.frame.support import members, render


@bp.get("/access-log")
@members(policy.READ_ACCESSES)
def access_log() -> str:
    require(me(), policy.READ_ACCESSES)
    person = number("person")
    listing = queries.accesses(me(), of=person, before=number("after"))
    return render("admin/access_log/log.html", listing=listing, person=person)


@bp.get("/account/accesses")
@members(policy.SIGNED_IN)
def own_accesses() -> str:
    listing = queries.accesses(me(), of=me().id, before=number("after"))
    return render("admin/access_log/mine.html", listing=listing)
