"""Accounts, for administrators: find one, and see its private data; each reading is logged."""

from typing import Any

from flask import url_for

from app.accounts import administration, policy, sessions
from app.accounts import queries as accounts
from app.accounts.models.people import SITE_ROLES, User
from app.communities import people, suspensions
from app.core import dead_addresses
from app.web.admin.bp import bp
from app.web.frame import loaders, words
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import render
from app.web.frame.routes import members
from app.web.frame.session import me, rooms


@bp.get("/people")
@members(policy.ADMINISTER)
def list_people() -> str:
    q, role, state = single_param("q").strip(), single_param("role", people.ROLES), single_param("state", people.STATES)
    listing = people.list_people(me(), q=q, role=role, state=state, before=id_param("after"))
    if people.is_address(q):
        administration.note(me(), [person.user.id for person in listing.items], "address")
    query = {"q": q, "role": role, "state": state}
    return render(
        "admin/people/index.html",
        listing=listing,
        query=query,
        rooms=rooms().by_id,
        active={name: value for name, value in query.items() if value},
        roles=[(code, words.ROLES[code], None) for code in people.ROLES],
        states=[(code, words.ACCOUNT_STATES[code], None) for code in people.STATES],
    )


@bp.get("/people/<id:user_id>")
@members(policy.ADMINISTER, of=loaders.ACCOUNT)
def show_person(user: User) -> str:
    administration.note(me(), [user.id], "account")
    user = accounts.get_user(me(), user.id, policy.ADMINISTER)
    return render(
        "admin/people/show.html",
        user=user,
        acts=list_act_urls(user),
        before=single_param("was", SITE_ROLES),
        **get_page_values(user),
    )


def get_page_values(user: User) -> dict[str, Any]:
    """Return what the page of an account shows beside the account itself."""
    person = people.get_person(me(), user)
    return {
        "charges": [(rooms().by_id[charge.community_id], charge) for charge in person.charges],
        "is_suspended": person.is_suspended,
        "is_dead": dead_addresses.is_dead(str(user.email)),
        "open_sessions": len(sessions.list_sessions(user)),
    }


def list_act_urls(user: User) -> dict[str, str]:
    """Return the address of each act that may be done for this account now, by the name of the act."""
    is_suspended = suspensions.find_suspension(user) is not None
    rights = {
        "role": policy.CHANGE,
        "charge": policy.CHANGE,
        "sign_out": policy.CHANGE,
        "lift" if is_suspended else "suspend": policy.PROTECT,
    }
    if user.has_two_factor:
        rights["second_factor"] = policy.PROTECT
    return {act: url_for(f"admin.{act}", user_id=user.id) for act, right in rights.items() if right.permits(me(), user)}
