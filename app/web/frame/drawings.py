"""Fragments with holes: they show what everybody is shown alike, and leave a hole for what is one person's own."""

import secrets
import sys
from collections.abc import Hashable, Mapping
from typing import Any

from flask import Flask, current_app, render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from app.core import versions
from app.web.frame import locale

# Nobody outside this process knows them, so that no text that somebody wrote holds one: where a hole begins and where
# its name ends, and where the token of a form goes.
MARK, TOKEN = secrets.token_hex(16), secrets.token_hex(16)
# The number of what is drawn of facts: they are its name, so that it never changes.
ALWAYS = 1
# What a place on the shelf takes beside the facts and the HTML, about, in bytes.
PLACE = 300


def draw(template: str, **values: Any) -> Markup:
    """Draw a fragment, which its template has escaped; one that is kept for many is given `page=None`."""
    return Markup(render_template(template, **values))


def draw_once(template: str, facts: tuple[Hashable, ...]) -> Markup:
    """Draw a fragment that shows these facts and no others, or return it as it was drawn of the same, for anybody."""
    name = (template, locale.language(), facts)
    found = versions.shelf.find(name, ALWAYS)
    html: Markup = found[1] if found else draw_facts(template, facts)
    if not found:
        versions.shelf.put(name, ALWAYS, html, name_size=PLACE + sum(map(sys.getsizeof, facts)))
    return html


def draw_facts(template: str, facts: Hashable) -> Markup:
    """Draw a fragment that knows nothing of the request, the reader, the clock or a row (`tests/test_templates.py`)."""
    return Markup(current_app.jinja_env.get_template(template).render(facts=facts, csrf=TOKEN))


def hole(name: object) -> Markup:
    """Leave a hole in a fragment."""
    return Markup(f"{MARK}{escape(name)}{MARK}")


def holes(html: Markup) -> list[str]:
    """Return the names of the holes."""
    return [str(name) for name in html.split(MARK)[1::2]]


def texts(html: Markup) -> dict[str, Markup]:
    """Return what follows each hole, by its name."""
    parts = html.split(MARK)
    return dict(zip(map(str, parts[1::2]), parts[2::2], strict=True))


def fill(html: Markup, contents: Mapping[str, Markup]) -> Markup:
    """Put in each hole what is given for it, if anything is, and the token of this person's forms where it goes.

    Whoever reads no form gets no token.
    """
    parts = html.split(MARK)
    parts[1::2] = [contents.get(name, Markup()) for name in parts[1::2]]
    whole = Markup().join(parts)
    return whole.replace(TOKEN, generate_csrf()) if TOKEN in whole else whole


def init_app(app: Flask) -> None:
    app.jinja_env.globals["hole"] = hole
