"""People, for those who administer the site: find an account, and see what it keeps; each reading is written down."""
from typing import Any

from flask import url_for

from app.accounts import administration, policy, queries, sessions
from app.accounts.models.people import SITE_ROLES, User
from app.communities import people, suspensions
from app.core.permits import require
from app.web.admin.bp import bp
from app.web.frame import words
from app.web.frame.params import number, single
from app.web.frame.session import me, rooms
from app.web.frame.support import members, render


@bp.get("/people")
@members(policy.ADMINISTER)
def list_people() -> str:
    require(me(), policy.ADMINISTER)
    asked = {"q": single("q").strip(), "role": single("role", people.ROLES), "state": single("state", people.STATES)}
    listing = people.listing(me(), q=asked["q"], role=asked["role"], state=asked["state"], before=number("after"))
    if people.is_address(asked["q"]):
        administration.note(me(), [person.user.id for person in listing.items], "address")
    kept = {name: value for name, value in asked.items() if value}
    return render(
        "admin/people/index.html", listing=listing, asked=asked, kept=kept, rooms=rooms().by_id,
        roles=[(code, words.ROLES[code], None) for code in people.ROLES],
        states=[(code, words.ACCOUNT_STATES[code], None) for code in people.STATES])


@bp.get("/people/<id:user_id>")
@members(policy.ADMINISTER)
def show_person(user_id: int) -> str:
    user = queries.one(me(), user_id, policy.ADMINISTER)
    administration.note(me(), [user.id], "account")
    user = queries.one(me(), user_id, policy.ADMINISTER)
    before = single("was", SITE_ROLES)
    return render("admin/people/show.html", user=user, acts=acts(user), before=before, **facts(user))


def facts(user: User) -> dict[str, Any]:
    """Give what the page of an account shows beside the account itself."""
    person = people.person(me(), user)
    return {
        "charges": [(rooms().by_id[charge.community_id], charge) for charge in person.charges],
        "is_suspended": person.is_suspended, "open_sessions": len(sessions.of(user))}


def acts(user: User) -> dict[str, str]:
    """Give the addresses of what may be done now for this account, by what they do."""
    is_held = suspensions.standing(user) is not None
    offered = {
        "role": policy.CHANGE, "charge": policy.CHANGE, "sign_out": policy.CHANGE, "remind": policy.REMIND,
        "lift" if is_held else "suspend": policy.PROTECT}
    if user.has_two_factor:
        offered["second_factor"] = policy.PROTECT
    return {act: url_for(f"admin.{act}", user_id=user.id) for act, right in offered.items()
            if right.permits(me(), user)}
