"""What every page needs: whole page or fragment, who may come in, and where to go next."""
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.permits import Permission

View = TypeVar("View", bound=Callable[..., Any])


def public(permission: Permission) -> Callable[[View], View]:
    """Declare a route that anybody may ask for; the permission decides what they get."""
    return _declare(permission, needs_account=False)


def members(permission: Permission) -> Callable[[View], View]:
    """Declare a route that asks for an account first, then for the permission."""
    return _declare(permission, needs_account=True)


def _declare(permission: Permission, *, needs_account: bool) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        view.needs_account = needs_account  # type: ignore[attr-defined]
        return view

    return mark


def is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"


def in_place_of_the_page(answer: AnyResponse) -> AnyResponse:
    """Have htmx show a whole page where the page was, not where the fragment that it asked for would have stood."""
    if is_htmx():
        answer.headers.update({"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML"})
    return answer


def render(page: str, fragment: str | None = None, /, **values: Any) -> str:
    """Give the fragment when htmx asks for one, else the page around it."""
    return render_template(fragment if fragment and is_htmx() else page, **values)


def refused(page: str, fragment: str | None = None, /, *, code: int = 0, **values: Any) -> Response:
    """Answer with the form as it was typed and what is wrong with it; the code is that of the form, unless given."""
    return make_response(render(page, fragment, **values), code or getattr(values.get("form"), "refusal_code", 422))


def go(endpoint: str, *, anchor: str | None = None, **values: Any) -> AnyResponse:
    """Send the browser to a page of ours after an act."""
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)
