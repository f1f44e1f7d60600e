"""The addresses of ideas and of actions, and absolute ones."""

from typing import Any

from flask import current_app, url_for


def idea(idea: Any, **more: Any) -> str:
    """Return the one address of an idea: its number and the slug of its present title."""
    return url_for("ideas.show", idea_id=idea.id, slug=idea.slug or "-", **more)


def action(thing: Any, **more: Any) -> str:
    """Return the address of an action of the plan."""
    return url_for("plan.action", action_id=thing.id, **more)


def bulletin(thing: Any) -> str:
    """Return the address where a bulletin stands: the page of its action that begins with it."""
    return url_for("plan.action", action_id=thing.action_id, before=thing.id + 1, _anchor=f"bulletin-{thing.id}")


def whole(thing: Any) -> str:
    """Return the absolute address of an idea, for what is read outside the site."""
    return absolute(idea(thing))


def absolute(path: str) -> str:
    """Return the absolute address of a path of ours, which comes from SITE_URL whatever the request's Host says."""
    return str(current_app.config["SITE_URL"]).rstrip("/") + path
