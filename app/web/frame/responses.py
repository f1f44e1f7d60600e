"""How a view answers: a whole page or a fragment, a form that was refused, another page."""

from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, TooMany
from app.web.frame import desk_return, locale

# At the end of the kind of a message whose page opens at what changed.
AT_PLACE = "#"

CODES: dict[type[DomainError], int] = {Forbidden: 403, NotFound: 404, Conflict: 409, Invalid: 422, TooMany: 429}


def is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"


def replace_page(answer: AnyResponse) -> AnyResponse:
    """Have htmx put a whole page in the place of the page, not of the fragment that it asked for."""
    if is_htmx():
        answer.headers.update({"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML"})
    return answer


def render(page: str, fragment: str | None = None, /, **values: Any) -> str:
    """Return the fragment when htmx asks for one, else the page around it."""
    return render_template(fragment if fragment and is_htmx() else page, **values)


def refuse(page: str, fragment: str | None = None, /, *, code: int = 422, **values: Any) -> Response:
    """Answer with the form as it was typed and what is wrong with it, under the code of the refusal."""
    return make_response(render(page, fragment, **values), code)


def ask_later(answer: AnyResponse, seconds: int) -> AnyResponse:
    """Say in an answer in how many seconds the same may be asked again; 0: nothing is to be waited for."""
    if seconds:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def done(url: str, message: str, kind: str = "success", *, goes_on: bool = False) -> AnyResponse:
    """Say what an act did, and send the browser to the page where its result stands; `kind` is that of a notice.

    Whoever came from the desk finds themselves there again, at the next thing, unless what they do `goes_on` at `url`.
    What stands after # in the address takes the focus there, else the message. No browser sends it on, so that the
    kind of the message says whether there is one.
    """
    place = url if goes_on else desk_return.next_url(url, is_done=kind == "success")
    flash(message, kind + (AT_PLACE if "#" in place else ""))
    return redirect(place, 303)


def done_in_part(part: str, message: str) -> str:
    """Answer htmx with the part of the page that an act changed, and say what it did in the bar of messages."""
    g.has_message = True
    return str(part) + render_template("layout/_messages.html", messages=[("success", message)])


def go(endpoint: str, *, anchor: str | None = None, **values: Any) -> AnyResponse:
    """Send the browser to a page of ours, without a word: to the next step of what a person is doing."""
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)


def lead_on(url: str, code: int = 301) -> AnyResponse:
    """Lead a reader to the address that a page has now, in the language and the theme that were asked for."""
    return redirect(locale.keep_choices(url), code)
