"""How a view answers: a whole page or a fragment, a form that was refused, another page."""
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.web.frame import locale


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


def done(url: str, message: str, kind: str = "success") -> AnyResponse:
    """Say what an act did, and send the browser to the page where its result stands; `kind` is that of a notice."""
    flash(message, kind)
    return redirect(url, 303)


def go(endpoint: str, *, anchor: str | None = None, **values: Any) -> AnyResponse:
    """Send the browser to a page of ours, without a word: to the next step of what a person is doing."""
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)


def lead_on(url: str, code: int = 301) -> AnyResponse:
    """Lead a reader to the address that a page has now, in the language and the theme that were asked for."""
    return redirect(locale.keep_choices(url), code)
