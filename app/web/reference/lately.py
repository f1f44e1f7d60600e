"""What moved around a subject, in words and links: steps of ideas, bulletins of actions, updates."""
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.communities import queries as communities
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.hubs.queries.actions import HubAction
from app.hubs.queries.facts import HubUpdate, Step
from app.hubs.queries.hubs import Hub
from app.web.frame import links, plan_words, words

MOST = 6
"""How many moves are shown."""
LONGEST = 160
"""How many characters of a text are shown."""


@dataclass(frozen=True)
class Move:
    """What happened to a subject, which has a title in its language; `state` draws its mark, `text` is its first words.

    `lang` is the language of the text.
    """

    at: datetime
    state: str
    name: Any
    subject: Any
    url: str
    text: str
    lang: str


def moves(hub: Hub) -> list[Move]:
    """Return the last things that happened, the newest first."""
    found = [*(_of_step(step) for step in hub.facts.steps), *(_of_update(update) for update in hub.facts.updates),
             *(_of_action(action) for action in hub.actions if action.bulletin)]
    return sorted(found, key=lambda move: move.at, reverse=True)[:MOST]


def _of_step(step: Step) -> Move:
    state = "dropped" if step.status in ("declined", "archived", "withdrawn") else "underway"
    url = url_for("ideas.show", idea_id=step.idea_id, slug=step.slug or "-")
    return Move(step.at, state, words.step_name(step), step, url, excerpt(step.reason, LONGEST), step.lang)


def _of_update(update: HubUpdate) -> Move:
    room = communities.public().by_id[update.community_id]
    url = url_for("updates.show", slug=room.slug, update_id=update.id)
    return Move(update.at, "underway", _l("Travaux"), update, url, excerpt(update.text, LONGEST), update.lang)


def _of_action(action: HubAction) -> Move:
    row, bulletin = action.row, action.bulletin
    assert bulletin is not None, "an action without a bulletin did not move"
    name = plan_words.STATES[bulletin.state] if bulletin.has_moved else _l("Au plan")
    text = excerpt(markdown.to_text(bulletin.html), LONGEST)
    return Move(bulletin.at, bulletin.state, name, row, links.action(row), text, bulletin.lang)
