"""What happened, as lists of news show it: a step of an idea, what was said of an action, an update."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.communities.queries import get_public_rooms
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.web.frame import act_icons, links, plan_words, stations
from app.web.frame.session import rooms

LONGEST = 160
"""How many characters of a text are shown."""


@dataclass(frozen=True, eq=False)
class NewsItem:
    """What happened to a subject, which has a title in its language: `label` says what, and `state` how it goes.

    `text` is the first words of what was written of it, and `lang` their language; `icon` draws what happened, `colour`
    is that of its community, and `about`, said above it, what the reader follows.
    """

    at: datetime
    state: str
    label: Any
    subject: Any
    url: str
    text: str
    lang: str
    icon: str = "arrow-right"
    colour: str = "neutral"
    about: str = ""

    @property
    def look(self) -> str:
        """Return how its stop looks: the sun for a result, a square for an end."""
        return {"achieved": "sun", "dropped": "end"}.get(self.state, "")


def of_step(step: Any, subject: Any, url: str) -> NewsItem:
    """Return a step of an idea (`subject`) as news."""
    state = "dropped" if step.status in stations.ENDS else "achieved" if step.status == "achieved" else "underway"
    state, act = ("underway", "answer") if step.stays else (state, step.status)
    text, colour = excerpt(step.reason, LONGEST), get_colour(subject.community_id)
    return NewsItem(
        step.at, state, stations.step_name(step), subject, url, text, subject.lang, get_icon(act, state), colour
    )


def of_bulletin(bulletin: Any, html: str, action: Any, colour: str) -> NewsItem:
    """Return what a bulletin says of an action (`html`) as news."""
    state, url = bulletin.state, links.action_url(action)
    label = plan_words.STATES[state] if bulletin.has_moved else _l("Au plan")
    text = excerpt(markdown.to_line(html), LONGEST)
    return NewsItem(bulletin.at, state, label, action, url, text, bulletin.lang, get_icon(state, state), colour)


def of_update(update: Any, at: datetime, text: str) -> NewsItem:
    """Return what a community published of its work as news; `text` is what it says first."""
    room = rooms().by_id[update.community_id]
    url = url_for("updates.show", slug=room.slug, update_id=update.id)
    icon = get_icon("update", "underway")
    return NewsItem(at, "underway", _l("Travaux"), update, url, excerpt(text, LONGEST), update.lang, icon, room.colour)


def get_icon(act: str, state: str) -> str:
    """Return what is drawn for an act, or for the end that it is."""
    return act_icons.get_icon(state if state == "dropped" else act)


def get_colour(community_id: int | None) -> str:
    """Return the colour of a public community; the neutral one without any."""
    room = get_public_rooms().by_id.get(community_id or 0)
    return room.colour if room else "neutral"
