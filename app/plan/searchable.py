"""What search finds of the plan: the actions of its present version, with what was last said of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, literal, select, union_all

from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.text import markdown
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, ActionCommunity, ActionIssue, ActionTerritory
from app.plan.queries import actions
from app.search.index.index_sync import BY_THREAD, Source, TextPart
from app.search.index.texts import Description, Text

_IDS = numbers_parameter("ids")
_ACTIONS = select(
    Action.id, Action.published_at, Action.code, Action.title, Action.body_html, Action.thread_id, Action.community_id
).where(Action.id.in_(_IDS), Action.in_sight(), Action.removed_at.is_(None))
_LAST = (
    select(func.max(Bulletin.id)).where(Bulletin.action_id.in_(_IDS), Bulletin.in_sight()).group_by(Bulletin.action_id)
)
_BULLETINS = select(Bulletin.action_id, Bulletin.body_html).where(Bulletin.id.in_(_LAST))
_FILED: dict[str, Any] = {
    "places": ActionTerritory.territory_id,
    "issues": ActionIssue.issue_id,
    "communities": ActionCommunity.community_id,
}
_AXES = union_all(
    *(
        select(column.class_.action_id, literal(axis), column).where(column.class_.action_id.in_(_IDS))
        for axis, column in _FILED.items()
    )
)


def list_texts(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these actions that are to be found."""
    asked = {_IDS.key: list(ids)}
    rows = db.session.execute(_ACTIONS, asked).all()
    bulletins = _last_bulletins(ids) if rows else {}
    filed = defaultdict[int, dict[str, list[int]]](lambda: {axis: [] for axis in _FILED})
    for action_id, *_texts, community_id in rows:
        filed[action_id]["communities"] += [community_id] if community_id else []
    for action_id, axis, number in db.session.execute(_AXES, asked) if rows else ():
        filed[action_id][axis].append(number)
    return [
        Text(
            "action",
            row_id,
            at,
            title,
            f"Action {code} " + markdown.to_words(f"{html}\n{bulletins.get(row_id, '')}"),
            thread_id,
            "fr",
            facet="action",
            places=tuple(filed[row_id]["places"]),
            issues=tuple(filed[row_id]["issues"]),
            communities=tuple(filed[row_id]["communities"]),
        )
        for row_id, at, code, title, html, thread_id, _community_id in rows
    ]


def _last_bulletins(ids: Collection[int]) -> dict[int, str]:
    """Return the HTML of the last bulletin in sight of these actions, by number; one that has none is absent."""
    return dict(db.session.execute(_BULLETINS, {_IDS.key: list(ids)}).tuples().all())


def describe(actor: Actor, ids: Collection[int], _lang: str) -> dict[int, Description]:
    """Return what a page of results says of those of these actions that a person may read."""
    bulletins = _last_bulletins(ids)
    found = actions.get_actions(actor, ids, ())
    return {row_id: Description.of_content(row, bulletins.get(row_id, "")) for row_id, row in found.items()}


SOURCE = Source(
    kind="action",
    number=3,
    model=Action,
    columns=(
        "code",
        "title",
        "body_html",
        "hidden_at",
        "deleted_at",
        "removed_at",
        "thread_id",
        "published_at",
        "community_id",
    ),
    read=list_texts,
    sight=BY_THREAD,
    describe=describe,
    parts={
        Bulletin: TextPart(("body_html", "hidden_at", "deleted_at"), lambda row: int(row.action_id)),
        **{column.class_: TextPart((), lambda row: int(row.action_id)) for column in _FILED.values()},
    },
)
