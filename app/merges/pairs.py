"""Two ideas that a team brings together, for the law to look at both."""
from dataclasses import dataclass

from app.ideas.models import Idea


@dataclass(frozen=True)
class Pair:
    """`idea` is joined to `other`, or stands beside it."""

    idea: Idea
    other: Idea
