"""Fragments of pages, and rows that are drawn once for as long as they show the same."""

import secrets
import sys
from collections.abc import Hashable
from typing import Any

from flask import current_app, render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.core import versions
from app.web.frame import locale

# Where the token of a form goes in what is drawn for many. Nobody outside this process knows the word, so that no text
# that somebody wrote holds it.
TOKEN = secrets.token_hex(16)
# What a place on the shelf takes beside the facts and the HTML, about, in bytes.
PLACE = 300


def draw(template: str, **values: Any) -> Markup:
    """Draw a fragment, which its template has escaped."""
    return Markup(render_template(template, **values))


def draw_once(template: str, facts: tuple[Hashable, ...]) -> Markup:
    """Draw a fragment that shows these facts and no others, or return it as it was drawn of the same, for anybody.

    The forms in it get the token of this reader; whoever reads no form gets none.
    """
    name = (template, locale.get_language(), facts)
    html: Markup | None = versions.shelf.find(name)
    if html is None:
        html = draw_view(template, facts)
        versions.shelf.put(name, html, name_size=PLACE + sum(map(sys.getsizeof, facts)))
    return html.replace(TOKEN, generate_csrf()) if TOKEN in html else html


def draw_view(template: str, facts: Hashable) -> Markup:
    """Draw a fragment that knows nothing of the request, the reader, the clock or a row (`tests/test_templates.py`)."""
    return Markup(current_app.jinja_env.get_template(template).render(facts=facts, csrf=TOKEN))
