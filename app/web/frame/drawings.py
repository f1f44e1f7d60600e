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
# What an entry of the memory cache takes beside the view and the HTML, about, in bytes.
ENTRY = 300


def draw(template: str, **values: Any) -> Markup:
    """Draw a fragment, which its template has escaped; the forms in it get the token of this reader.

    Whoever reads no form gets none.
    """
    html = render_template(template, **values)
    return Markup(html.replace(TOKEN, generate_csrf()) if TOKEN in html else html)


def draw_once(template: str, view: tuple[Hashable, ...]) -> Markup:
    """Draw a fragment that shows this view and nothing else, or return it as it was drawn of the same, for anybody.

    Where it holds a form, it is for a fragment that `draw` draws.
    """
    name = (template, locale.get_language(), view)
    html: Markup | None = versions.memory_cache.find(name)
    if html is None:
        html = draw_view(template, view)
        versions.memory_cache.put(name, html, name_size=ENTRY + sum(map(sys.getsizeof, view)))
    return html


def draw_view(template: str, view: Hashable) -> Markup:
    """Draw a fragment that knows nothing of the request, the reader, the clock or a row (`tests/test_templates.py`)."""
    return Markup(current_app.jinja_env.get_template(template).render(view=view, csrf=TOKEN))
