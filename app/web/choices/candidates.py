"""What one chooses among, in words for its reader: no more than they may read of where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _

from app.choices.models import ChoiceCandidate
from app.core.actor import Actor
from app.forum import policy as forum
from app.forum.participants import Participant
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.notes.queries import lines
from app.plan.models.structure import Action
from app.plan.queries import actions
from app.web.forum import wall
from app.web.frame import links
from app.web.frame.filters import person
from app.web.frame.locale import get_language
from app.web.frame.session import me


@dataclass(frozen=True)
class Decision:
    """What the circle decided of a candidate, in words; `link` is the page that it is linked to, with its title.

    `corrected_at` is when the coordination wrote it in other words, once the forum was closed (None: nobody did).
    """

    text: str
    lang: str
    carried_by: str
    writer: str
    link: tuple[str, str] | None
    corrected_at: datetime | None


@dataclass(frozen=True)
class Candidate:
    """A candidate in words: where it comes from, and the page of it, if it has one."""

    row: ChoiceCandidate
    text: str
    lang: str
    origin: str
    url: str
    decision: Decision | None


def tell(who: Participant, rows: Sequence[ChoiceCandidate], reader: Actor | None = None) -> list[Candidate]:
    """Return candidates as `reader` reads them, or whoever asks."""
    reader = reader or me()
    numbers = [number for row in rows for number in (row.idea_id, row.decision_idea_id) if number]
    found = ideas.get_ideas(reader, numbers, []) if numbers else {}
    linked = [row.decision_action_id for row in rows if row.decision_action_id]
    plan = actions.get_actions(reader, linked, []) if linked else {}
    topics = {row.topic.id: row.topic for row in rows if row.topic}
    cells = wall.tell_cells(who, list(topics.values())) if topics else {}
    withdrawn = lines.find_withdrawn([row.line_id for row in rows if row.line_id])
    seen = [row for row in rows if row.topic and forum.READ_TOPIC.permits(reader, replace(who, topic=row.topic))]
    seen = [row for row in seen if row.line_id not in withdrawn]
    return [_tell(row, found, cells, _tell_decision(who, row, found, plan), is_seen=row in seen) for row in rows]


def _tell(
    row: ChoiceCandidate,
    found: Mapping[int, Idea],
    cells: Mapping[int, str],
    decision: Decision | None,
    *,
    is_seen: bool,
) -> Candidate:
    here = get_language()
    if row.idea_id:
        idea = found.get(row.idea_id)
        if idea is None:
            return Candidate(row, _("Une idée qui n'est pas en vue"), here, "", "", decision)
        return Candidate(row, idea.title, idea.lang, _("Idée de la plateforme"), links.idea_url(idea), decision)
    if row.topic is None:
        return Candidate(row, row.text, row.lang, "", "", decision)
    if not is_seen:
        return Candidate(row, _("Une ligne qui n'est plus en vue"), here, "", "", decision)
    cell = cells.get(row.topic.id)
    origin = _("Séance de %(cell)s", cell=cell) if cell else _("Dit en séance")
    return Candidate(row, row.text, row.lang, origin, links.topic_url(row.topic), decision)


def _tell_decision(
    who: Participant, row: ChoiceCandidate, found: Mapping[int, Idea], plan: Mapping[int, Action]
) -> Decision | None:
    if not row.decision:
        return None
    idea, action = found.get(row.decision_idea_id or 0), plan.get(row.decision_action_id or 0)
    link = (links.idea_url(idea), idea.title) if idea else None
    if action:
        link = (links.action_url(action), f"{action.code} {action.title}")
    writer = person(row.decider) if row.decider else ""
    closed_at = who.forum.phase_at if who.forum.is_closed else who.forum.event.closed_at
    corrected_at = row.decided_at if closed_at and row.decided_at and row.decided_at > closed_at else None
    return Decision(row.decision, row.decision_lang, row.carried_by, writer, link, corrected_at)
