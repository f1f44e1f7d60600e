"""What happened, as lists of news show it: a step of an idea, what was said of an action, an update."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.text import markdown
from app.core.text.plain import excerpt
from app.web.frame import links, plan_words, stations

LONGEST = 160
"""How many characters of a text are shown."""
ENDS = ("declined", "archived", "withdrawn")
"""The statuses of an idea that goes no further."""


@dataclass(frozen=True, eq=False)
class NewsItem:
    """What happened to a subject, which has a title in its language: `label` says what, and `state` draws its mark.

    `text` is the first words of what was written of it, and `lang` their language.
    """

    at: datetime
    state: str
    label: Any
    subject: Any
    url: str
    text: str
    lang: str


def of_step(step: Any, subject: Any, url: str) -> NewsItem:
    """Return a step of an idea (`subject`) as news."""
    state = "dropped" if step.status in ENDS else "underway"
    return NewsItem(step.at, state, stations.step_name(step), subject, url, excerpt(step.reason, LONGEST), subject.lang)


def of_bulletin(bulletin: Any, html: str, action: Any) -> NewsItem:
    """Return what a bulletin says of an action (`html`) as news."""
    label = plan_words.STATES[bulletin.state] if bulletin.has_moved else _l("Au plan")
    text = excerpt(markdown.to_line(html), LONGEST)
    return NewsItem(bulletin.at, bulletin.state, label, action, links.action_url(action), text, bulletin.lang)
