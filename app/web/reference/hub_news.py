"""The news of a subject: steps of ideas, bulletins of actions, updates."""

from flask import url_for

from app.hubs.queries.actions import HubAction
from app.hubs.queries.hubs import Hub
from app.hubs.queries.news import HubStep
from app.web.frame import news
from app.web.frame.news import NewsItem

MOST = 5
"""How many are shown."""


def list_news(hub: Hub) -> list[NewsItem]:
    """Return the last things that happened, the newest first."""
    found = [
        *(_of_step(step) for step in hub.steps),
        *(news.of_update(update, update.at, update.text) for update in hub.updates),
        *(_of_action(action) for action in hub.actions if action.bulletin),
    ]
    return sorted(found, key=lambda item: item.at, reverse=True)[:MOST]


def _of_step(step: HubStep) -> NewsItem:
    return news.of_step(step, step, url_for("ideas.show", idea_id=step.idea_id, slug=step.slug or "-"))


def _of_action(action: HubAction) -> NewsItem:
    bulletin = action.bulletin
    assert bulletin is not None, "an action without a bulletin did not move"
    colour = news.get_colour(next(iter(action.row.communities), None))
    return news.of_bulletin(bulletin, bulletin.html, action.row, colour)
