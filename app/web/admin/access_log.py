"""Who read what accounts keep to themselves: told to each person, and to those who answer for it."""
from flask import Blueprint

from app.accounts import policy, queries
from app.core.permits import require
from app.web.frame.params import number
from app.web.frame.session import me
from app.web.frame.support import members, render

bp = Blueprint("accesses", __name__)


@bp.get("/access-log")
@members(policy.READ_ACCESSES)
def log() -> str:
    require(me(), policy.READ_ACCESSES)
    person = number("person")
    listing = queries.accesses(me(), of=person, before=number("after"))
    return render("accesses/log.html", listing=listing, person=person)


@bp.get("/account/accesses")
@members(policy.SIGNED_IN)
def mine() -> str:
    listing = queries.accesses(me(), of=me().id, before=number("after"))
    return render("accesses/mine.html", listing=listing)
