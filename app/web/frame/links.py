"""The addresses of contents, by what they are called now."""
from typing import Any

from flask import current_app, url_for


def idea(idea: Any, **more: Any) -> str:
    """Return the one address of an idea: its number and the slug of its present title."""
    return url_for("ideas.show", idea_id=idea.id, slug=idea.slug or "-", **more)


def whole(thing: Any) -> str:
    """Return the address of an idea with the site's own, for what is read elsewhere."""
    return str(current_app.config["SITE_URL"]) + idea(thing)
