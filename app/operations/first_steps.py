"""What a new site has yet to do, computed from what is there: nobody ticks anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from app.accounts.models.documents import CHARTER, Document
from app.accounts.models.people import User
from app.communities.models import Community, Facilitator
from app.communities.queries import get_public_rooms, is_out
from app.core import dialect, settings
from app.core.db import constant, db
from app.core.mail import Outgoing
from app.ideas.indexes import IS_LISTED
from app.ideas.models import Idea
from app.reference.queries import get_catalogue

VOICES = 3
OWN = ("SITE_ORGANISATION", "SITE_URL", "PRIVACY_OFFICER_NAME", "PRIVACY_OFFICER_EMAIL")
"""The settings of the server that say who runs the site."""
IS_OPEN = (User.closed_at.is_(None), User.active)
DEMONSTRATION = "%@exemple.test"
"""The addresses of the people of the demonstration, whose voices are nobody's."""


@dataclass(frozen=True)
class Facts:
    """When a mail last left, which communities have a team, whether somebody coordinates the site, how many voices
    (3 at most), the number of the charter.
    """

    sent_at: datetime | None
    team_ids: frozenset[int]
    has_coordinator: bool
    voices: int
    charter: int


def load_facts() -> Facts:
    """Read what the steps are computed from, in one statement."""
    sent = select(func.max(Outgoing.sent_at)).scalar_subquery()
    charter = select(func.max(Document.number)).where(Document.name == CHARTER).scalar_subquery()
    facts = select(sent, _select_teams(), _select_coordinator(), _select_voices(), charter)
    sent_at, teams, has_coordinator, voices, number = db.session.execute(facts).one()
    return Facts(sent_at, frozenset(map(int, (teams or "").split())), bool(has_coordinator), voices, number or 1)


def _select_teams() -> Any:
    """Select the numbers of the communities that somebody able to has the charge of, as one text."""
    is_able = (*IS_OPEN, User.site_role != "admin", ~is_out(Community.id))
    charge = select(Facilitator.id).join(User, User.id == Facilitator.user_id)
    charge = charge.where(Facilitator.community_id == Community.id, Facilitator.running(), *is_able)
    numbers = func.aggregate_strings(dialect.as_text(Community.id), " ")
    return select(numbers).where(charge.correlate(Community).exists()).scalar_subquery()


def _select_coordinator() -> Any:
    return select(User.id).where(User.site_role == constant("coordinator"), *IS_OPEN, ~is_out(None)).exists()


def _select_voices() -> Any:
    """Count the first ideas that everybody reads, without those of the demonstration."""
    is_own = or_(User.email.is_(None), User.email.not_like(DEMONSTRATION))
    found = select(Idea.id).outerjoin(User, User.id == Idea.author_id).where(IS_LISTED, is_own).limit(VOICES)
    return select(func.count()).select_from(found.subquery()).scalar_subquery()


def find_done(facts: Facts, config: Mapping[str, Any], texts: str) -> dict[str, bool]:
    """Tell of each step, in their order, whether it is done; `texts` names the charter and the page that are read."""
    rooms = get_public_rooms().current
    return {
        "who": not list_unsaid(config),
        "mail": bool(config["MAIL_URL"] and facts.sent_at),
        "places": all(count_axes().values()),
        "teams": bool(rooms) and all(room.id in facts.team_ids for room in rooms),
        "texts": settings.get_value("texts_read") == texts,
        "opening": not list_obstacles(config),
        "voices": facts.voices >= VOICES,
    }


def list_unsaid(config: Mapping[str, Any]) -> list[str]:
    """Return the settings that would say who runs the site, and say nothing."""
    return [name for name in OWN if not config[name]]


def count_axes() -> dict[str, int]:
    """Count the MRC, the municipalities and the issues that are not in the archives."""
    catalogue = get_catalogue()
    places = [place for place in catalogue.places if not place.is_archived]
    mrcs = sum(place.is_mrc for place in places)
    issues = sum(not issue.is_archived for issue in catalogue.issues)
    return {"mrc": mrcs, "municipality": len(places) - mrcs, "issue": issues}


def list_obstacles(config: Mapping[str, Any]) -> list[str]:
    """Name what keeps the site from being open: to whoever looks for it, and to whoever would write there."""
    is_clear = {
        "demo": not config["DEMO"],
        "address": config["SITE_URL"].startswith("https://"),
        "indexing": config["SEARCH_INDEXING"],
        "registration": settings.get_value("registration_open"),
    }
    return [name for name, holds in is_clear.items() if not holds]
