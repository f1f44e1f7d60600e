"""The addresses of ideas and of actions, and absolute ones."""

from typing import Any

from flask import current_app, url_for


def idea_url(idea: Any, **more: Any) -> str:
    """Return the one address of an idea: its number and the slug of its present title."""
    return url_for("ideas.show", idea_id=idea.id, slug=idea.slug or "-", **more)


def action_url(thing: Any, **more: Any) -> str:
    """Return the address of an action of the plan."""
    return url_for("plan.action", action_id=thing.id, **more)


def event_url(thing: Any, **more: Any) -> str:
    """Return the address of a meeting; that of a rehearsal is the one of what it rehearses."""
    return url_for("events.show", event_id=getattr(thing, "rehearses_id", None) or thing.id, **more)


def topic_url(thing: Any) -> str:
    """Return the address of a topic of a forum."""
    return url_for("forum.topic", forum_id=thing.forum_id, topic_id=thing.id)


def bulletin_url(thing: Any) -> str:
    """Return the address where a bulletin stands: the page of its action that begins with it."""
    return url_for("plan.action", action_id=thing.action_id, before=thing.id + 1, _anchor=f"bulletin-{thing.id}")


def absolute_idea_url(thing: Any) -> str:
    """Return the absolute address of an idea, for what is read outside the site."""
    return absolute_url(idea_url(thing))


def absolute_url(path: str) -> str:
    """Return the absolute address of a path of ours, which comes from SITE_URL whatever the request's Host says."""
    return str(current_app.config["SITE_URL"]).rstrip("/") + path
