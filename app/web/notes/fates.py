"""What each thing that was said is today: an idea at its step, an action, or what it stopped for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.comments.queries import reading as comments
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.notes import policy
from app.notes.models import ASIDE, JOINED, LINKED, NEW, OFFERED, PublishedLine
from app.notes.queries import review as queries
from app.notes.said import Said
from app.plan.models.structure import Action
from app.plan.queries import bulletins
from app.web.frame import links, plan_words
from app.web.frame.filters import colon
from app.web.frame.session import me
from app.web.frame.stations import ENDS, status_name

DROPPED = "dropped"
LABELS: Mapping[str, Any] = {
    NEW: _l("Devenue une idée"),
    JOINED: _l("Jointe à une idée"),
    LINKED: _l("Reliée à une action du plan"),
    OFFERED: _l("Offerte à une idée"),
    ASIDE: _l("Mise de côté"),
}


@dataclass(frozen=True)
class Fate:
    """What became of a line: `thing` is the idea or the action as it is now, None where the reader may not read it.

    It stands at `step`, which is `status` in words. It may lead no further (`is_end`), for a `reason` if one was given.
    `author_url` is where whoever said it becomes the author of the idea, if they may.
    """

    label: str
    thing: Idea | Action | None = None
    url: str = ""
    status: str = ""
    step: str = ""
    is_end: bool = False
    reason: str = ""
    author_url: str = ""

    @property
    def words(self) -> str:
        """Return it as one text, for what has no room for more."""
        return f"{self.label}{colon()}{self.thing.title}" if self.thing else self.label


def describe(lines: Sequence[PublishedLine], forum_id: int) -> dict[int, Fate]:
    """Return what became of those of these lines that have a place, by their numbers, as the reader may read it."""
    placed = [line for line in lines if line.fate]
    if not placed:
        return {}
    heard = _read_threads(placed)
    found = ideas.get_ideas(me(), [line.idea_id for line in placed if line.idea_id], set(heard.values()))
    by_thread = {idea.thread_id: idea for idea in found.values()}
    into = {idea.merged_into for idea in found.values() if idea.merged_into}
    found |= ideas.get_ideas(me(), list(into), []) if into else {}
    reasons = queries.find_reasons([idea.id for idea in found.values() if idea.status in ENDS])
    plan = queries.find_actions(me(), [line.action_id for line in placed if line.action_id])
    dropped = bulletins.find_drop_reasons([action.id for action in plan.values() if action.state == DROPPED])
    writers = queries.find_writers([line.id for line in placed if line.fate == NEW]) if me().is_someone else {}
    fates = {}
    for line in placed:
        idea = by_thread.get(heard.get(line.comment_id or 0, 0)) or found.get(line.idea_id or 0)
        author_url = _find_author_url(line, idea, writers, forum_id)
        now = found.get(idea.merged_into, idea) if idea and idea.merged_into else idea
        action = plan.get(line.action_id or 0)
        fates[line.id] = _tell_action(action, dropped) if action else _tell(line, now, reasons, author_url, heard)
    return fates


def _read_threads(lines: Sequence[PublishedLine]) -> Mapping[int, int]:
    """Map the comments that some lines are heard in to where each stands now: those that the reader may read."""
    ids = [line.comment_id for line in lines if line.comment_id]
    return {number: one.thread_id for number, one in comments.get_comments(me(), ids).items()} if ids else {}


def _tell_action(action: Action, reasons: Mapping[int, str]) -> Fate:
    state, step = action.state, str(plan_words.STATES[action.state])
    url, reason = links.action_url(action), reasons.get(action.id, "")
    return Fate(str(LABELS[LINKED]), action, url, state, step, is_end=state == DROPPED, reason=reason)


def _tell(
    line: PublishedLine, idea: Idea | None, reasons: Mapping[int, str], author_url: str, heard: Collection[int]
) -> Fate:
    label = str(LABELS[line.fate or ASIDE])
    if line.fate == ASIDE:
        return Fate(label, is_end=True, reason=line.reason)
    if idea is None or not idea.is_published:
        return Fate(label if line.fate == LINKED else _("%(label)s qui ne se lit pas ici", label=label))
    url = links.idea_url(idea)
    if line.comment_id in heard and not idea.is_merged:
        url = url_for("comments.show", comment_id=line.comment_id)
    status, step = idea.status, str(status_name(idea.status, idea.kind))
    return Fate(label, idea, url, status, step, status in ENDS, reasons.get(idea.id, ""), author_url)


def _find_author_url(line: PublishedLine, idea: Idea | None, writers: Mapping[int, int], forum_id: int) -> str:
    if idea is None or not policy.BECOME_AUTHOR.permits(me(), Said(line, writers.get(line.id), idea)):
        return ""
    return url_for("notes.become_author", forum_id=forum_id, line_id=line.id)
