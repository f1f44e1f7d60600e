"""What moved around a subject, in words and links: steps of ideas, what was said of actions, updates."""
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.communities import queries as communities
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.hubs.queries.actions import NearAction
from app.hubs.queries.facts import News, Step
from app.hubs.queries.hubs import Hub
from app.web.frame import links, plan_words, words

# So many are shown; of what was said, so many characters.
MOST, WORDS = 6, 160


@dataclass(frozen=True)
class Move:
    """What happened: `state` draws its mark, `text` is its first words, `lang` theirs; `title_lang` that of the title,
    where it is another."""

    at: datetime
    state: str
    name: Any
    title: str
    url: str
    text: str
    lang: str
    title_lang: str = ""


def moves(hub: Hub) -> list[Move]:
    """Return the last things that happened, the newest first."""
    found = [*(_of_step(step) for step in hub.facts.steps), *(_of_news(news) for news in hub.facts.news),
             *(_of_action(action) for action in hub.actions if action.word)]
    return sorted(found, key=lambda move: move.at, reverse=True)[:MOST]


def _of_step(step: Step) -> Move:
    state = "dropped" if step.status in ("declined", "archived", "withdrawn") else "underway"
    url = url_for("ideas.show", idea_id=step.idea_id, slug=step.slug or "-")
    return Move(step.at, state, words.step_name(step), step.title, url, excerpt(step.reason, WORDS), step.lang)


def _of_news(news: News) -> Move:
    room = communities.public().by_id[news.community_id]
    url = url_for("updates.show", slug=room.slug, update_id=news.id)
    return Move(news.at, "underway", _l("Travaux"), news.title, url, excerpt(news.text, WORDS), news.lang)


def _of_action(action: NearAction) -> Move:
    row, word = action.row, action.word
    assert word is not None, "what was never spoken of did not move"
    name = plan_words.STATES[word.state] if word.has_moved else _l("Au plan")
    text = excerpt(markdown.to_text(word.html), WORDS)
    return Move(word.at, word.state, name, row.title, links.action(row), text, word.lang, row.lang)
