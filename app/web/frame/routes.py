"""What a route declares, once: who may ask, for which row, how often; and what is checked before its view runs."""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from inspect import unwrap
from typing import Any

from flask import Flask, request

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission, Predicate, require
from app.web.frame import refusals
from app.web.frame.form_limits import Limit, is_known
from app.web.frame.session import me

View = Callable[..., Any]


class Loader:
    """Find the row of an address with `find(actor, *parts of the address, permission)`.

    It raises NotFound when there is no such row, or when the permission does not let this person have it.
    """

    def __init__(self, find: Callable[..., Any], *parts: str):
        self.find, self.parts = find, parts

    def load(self, permission: Permission, address: dict[str, Any]) -> Any:
        """Take its parts out of the address and return the row that they name."""
        return self.find(me(), *(address.pop(part) for part in self.parts), permission)

    def would_find(self, actor: Actor, permission: Permission) -> Any:
        """Return the row of the present address as another person would find it, or None."""
        address = dict(request.view_args or {})
        try:
            return self.find(actor, *(address.pop(part) for part in self.parts), permission)
        except NotFound:
            return None

    def again(self, permission: Permission) -> Any:
        """Return the row of the present address anew: the row that a refused act leaves can't be shown."""
        return self.load(permission, dict(request.view_args or {}))


def declare(
    permission: Permission,
    of: Loader | None = None,
    *,
    needs_account: bool,
    late: Iterable[Predicate] = (),
    lists: Callable[[Actor], Any] | None = None,
    form_on: str = "",
    limit: Limit | None = None,
    without_message: str = "",
    back_to_desk: bool | None = None,
    shows: str = "",
) -> Callable[[View], View]:
    """Declare what a route asks and does, by `public` or `members`; the site does not start where `check` misses it.

    `of` loads the row that the permission is about, and the view is given the row in place of its address. `late`
    names the states that a form, once sent, may find changed by somebody faster: the page is found all the same, and
    the act says so. `lists` returns what one may read (the SQL twin of the permission, or the communities in sight),
    for a page of many rows: there is no one to ask about.

    `limit` is that of the form (`form_limits.py`). `form_on` is the endpoint of the page that holds the form of an act,
    where it is not above the address of the act. `without_message` says why an act is answered so. `back_to_desk` tells
    whether whoever came from the desk goes back there, if it is not as in any other act of the noun (`desk_return.py`).
    `shows` names what the page lets its reader have read of the row, as `topics.KINDS` does.
    """
    states = tuple(late)

    def decorate(view: View) -> View:
        @wraps(view)
        def run(**address: Any) -> Any:
            effective = permission.whatever(*states) if states and request.method == "POST" else permission
            if of is not None:
                return view(_load(of, effective, address), **address)
            if lists is None:
                require(me(), effective)
            return view(**address)

        vars(run).update(permission=permission, needs_account=needs_account, limit=limit, loader=of, lists=lists)
        vars(run).update(form_on=form_on, without_message=without_message, back_to_desk=back_to_desk, shows=shows)
        return run

    return decorate


# A route that anybody may ask for: the permission decides what they get.
public = partial(declare, needs_account=False)
# A route that asks for an account first, then for the permission.
members = partial(declare, needs_account=True)


def _load(of: Loader, permission: Permission, address: dict[str, Any]) -> Any:
    """Load the row of an address; what somebody does not find since they may not take part for now is told so."""
    try:
        return of.load(permission, address)
    except NotFound:
        subject = of.would_find(refusals.without_restriction(me()), permission) if refusals.is_out() else None
        if subject is None:
            raise
        raise NotFound(subject=subject) from None


def check(app: Flask) -> None:
    """Raise RuntimeError, with what to write and where, if a route of ours declares too little."""
    takes_form = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    ours = [(endpoint, view) for endpoint, view in app.view_functions.items() if not endpoint.startswith("security.")]
    faults = [f"{_place(view)}: {fault}" for endpoint, view in ours if (fault := _miss(view, endpoint in takes_form))]
    if faults:
        raise RuntimeError("\n".join(faults))


def _miss(view: Any, takes_form: bool) -> str:
    """Say what is missing in what a view declares, or nothing."""
    if not hasattr(view, "permission"):
        return "declares no permission. Write @members(…) or @public(…), of app/web/frame/routes.py, right above it"
    if takes_form and view.limit is None:
        return (
            "takes a form and has no limit. Write in its @members(…) or @public(…) a kind of "
            'app/accounts/allowances.py, such as limit="team", or what app/web/frame/form_limits.py has: '
            'limit=counted_by_service("comment"), limit=unlimited("it keeps nothing")'
        )
    if takes_form and not is_known(view.limit):
        kinds = "its kind in ALLOWANCES of app/accounts/allowances.py, or its reason in unlimited(…)"
        return f"has limit={view.limit!r}, of which nothing says how often. Write {kinds}"
    if not takes_form and (view.limit is not None or view.without_message):
        return "takes no form: take limit= and without_message= out of what it declares"
    return ""


def _place(view: Any) -> str:
    """Name a view and where it stands: app/web/votes/support.py:20 cast."""
    code = unwrap(view).__code__
    return f"{unwrap(view).__module__.replace('.', '/')}.py:{code.co_firstlineno} {code.co_name}"
