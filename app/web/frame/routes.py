"""What a route declares, and what is checked before its view runs: an account, a permission, the row of its address."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from flask import request

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission, Predicate, require
from app.web.frame import refusals
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


def public(
    permission: Permission,
    of: Loader | None = None,
    *,
    late: Iterable[Predicate] = (),
    lists: Callable[[Actor], Any] | None = None,
) -> Callable[[View], View]:
    """Declare a route that anybody may ask for; the permission decides what they get.

    `of` loads the row that the permission is about, and the view is given the row in place of its address. `late`
    names the states that a form, once sent, may find changed by somebody faster: the page is found all the same, and
    the act says so. `lists` returns what one may read (the SQL twin of the permission, or the communities in sight),
    for a page of many rows: there is no one to ask about.
    """
    return _declare(permission, of, tuple(late), lists, needs_account=False)


def members(
    permission: Permission,
    of: Loader | None = None,
    *,
    late: Iterable[Predicate] = (),
    lists: Callable[[Actor], Any] | None = None,
    form_on: str = "",
) -> Callable[[View], View]:
    """Declare a route that asks for an account first, then for the permission, as `public` does.

    `form_on` is the endpoint of the page that holds the form of an act, where it is not above the address of the act.
    """
    return _declare(permission, of, tuple(late), lists, needs_account=True, form_on=form_on)


def _declare(
    permission: Permission,
    of: Loader | None,
    late: tuple[Predicate, ...],
    lists: Callable[[Actor], Any] | None,
    *,
    needs_account: bool,
    form_on: str = "",
) -> Callable[[View], View]:
    def declare(view: View) -> View:
        @wraps(view)
        def run(**address: Any) -> Any:
            effective = permission.whatever(*late) if late and request.method == "POST" else permission
            if of is not None:
                return view(_load(of, effective, address), **address)
            if lists is None:
                require(me(), effective)
            return view(**address)

        run.permission, run.needs_account = permission, needs_account  # type: ignore[attr-defined]
        run.loader, run.lists, run.form_on = of, lists, form_on  # type: ignore[attr-defined]
        return run

    return declare


def _load(of: Loader, permission: Permission, address: dict[str, Any]) -> Any:
    """Load the row of an address; what somebody does not find since they may not take part for now is told so."""
    try:
        return of.load(permission, address)
    except NotFound:
        subject = of.would_find(refusals.free(me()), permission) if refusals.is_out() else None
        if subject is None:
            raise
        raise NotFound(subject=subject) from None
