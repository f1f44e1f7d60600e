"""Keep the counts of facets: what a transaction changes of the places and the sight of ideas moves them as it commits.

Rows of the session are watched, so that no act has to say it. A statement that writes in the tables of `WATCHED` by
itself calls `settle`, or goes with a row that is watched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Any

from sqlalchemy import delete, event, insert, inspect
from sqlalchemy.orm import Session

from app.core import dialect, versions
from app.core.db import db, run
from app.ideas import said
from app.ideas.facet_models import ALL, VERSION, FacetCount, IdeaFacets
from app.ideas.figure_codes import AXES, BESIDE
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, StatusChange
from app.ideas.queries import facet_counts
from app.ideas.queries.facet_counts import ALONE, Facets, Value
from app.reference.models import Tag

BATCH = 500
PARTS = (IdeaCommunity, IdeaIssue, IdeaTerritory, IdeaTag, StatusChange)
"""The rows of an idea that a count is made of beside its own: its places, its steps."""
WATCHED: dict[type, tuple[str, ...]] = {
    Idea: (
        "kind",
        "status",
        "community_id",
        "is_private",
        "hidden_at",
        "deleted_at",
        "merged_into",
        "is_tied",
        "published_at",
        "answered_at",
        "search_text",
    ),
    Tag: ("merged_into", "slug", "name"),
}
"""The columns that a count or a page of counts is made of; those of `PARTS` are all watched."""
NOTED = "facets"
Key = tuple[str, str, str, str]
"""A row of `facet_counts`: with_axis, with_value, axis, value."""


def watch() -> None:
    """Follow what is written through the session."""
    event.listen(db.session, "after_flush", _note)
    event.listen(db.session, "before_commit", _settle_noted)
    event.listen(db.session, "after_rollback", _forget)


def _note(session: Session, _context: Any) -> None:
    """Note the ideas and the tags whose write may change a count; tag 0 stands for a change of a tag's name."""
    noted = session.info.setdefault(NOTED, set())
    for row in (*session.new, *session.deleted, *session.dirty):
        if isinstance(row, PARTS):
            noted.add((Idea, row.idea_id))
        elif isinstance(row, Idea) and has_changed(row, WATCHED[Idea]):
            noted.add((Idea, row.id))
        elif isinstance(row, Tag) and row not in session.new and has_changed(row, WATCHED[Tag]):
            noted.add((Tag, row.id if has_changed(row, ("merged_into",)) else 0))


def note(ids: Iterable[int]) -> None:
    """Have these ideas counted again as the transaction commits: a statement changed them, and no row shows it."""
    db.session().info.setdefault(NOTED, set()).update((Idea, idea_id) for idea_id in ids)


def has_changed(row: Any, columns: Iterable[str]) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in columns)


def _forget(session: Session) -> None:
    session.info.pop(NOTED, None)


def _settle_noted(session: Session) -> None:
    session.flush()
    noted = session.info.pop(NOTED, set())
    settle({row_id for model, row_id in noted if model is Idea} | _hold_tags({n for model, n in noted if model is Tag}))
    if (Tag, 0) in noted:
        versions.touch(VERSION)


def _hold_tags(ids: set[int]) -> set[int]:
    """Return the ideas of tags that were merged or parted; whoever gives another idea one of these waits for us."""
    if not any(ids):
        return set()
    dialect.lock_rows(Tag.__table__, ids, from_links=True)
    return facet_counts.get_ids_with_tags(ids)


def settle(ids: Iterable[int]) -> None:
    """Recompute what these ideas add to the counts and move the counts by the difference, if there is one."""
    moves: Counter[Key] = Counter()
    is_listed = False
    for batch in split_in_batches(sorted(ids)):
        dialect.lock_rows(Idea.__table__, batch)
        old, new = facet_counts.get_stored_facets(batch), facet_counts.compute_facets(batch)
        is_listed = is_listed or bool(old or new)
        _keep(old, new)
        for idea_id in old.keys() | new.keys():
            if old.get(idea_id) != new.get(idea_id):
                moves.subtract(list_keys(old.get(idea_id)))
                moves.update(list_keys(new.get(idea_id)))
    add_changes(moves)
    if is_listed:
        versions.touch(VERSION)


def split_in_batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _keep(old: dict[int, Facets], new: dict[int, Facets]) -> None:
    """Write down what ideas add to the counts from now on."""
    outdated_ids = [idea_id for idea_id, facets in old.items() if new.get(idea_id) != facets]
    if outdated_ids:
        run(delete(IdeaFacets).where(IdeaFacets.idea_id.in_(outdated_ids)).execution_options(synchronize_session=False))
    rows = [
        {"idea_id": idea_id, "is_private": is_private, "codes": f" {' '.join(sorted(keys))} "}
        for idea_id, (is_private, keys) in new.items()
        if old.get(idea_id) != (is_private, keys)
    ]
    if rows:
        db.session.execute(insert(IdeaFacets), rows)


def list_keys(facets: Facets | None) -> Iterator[Key]:
    """Yield the counts in which an idea is: in all, under each value, and under each beside one of another axis.

    What it says in each of its extents is counted alone, and beside what a map is narrowed to.
    """
    if facets is None or facets[0]:
        return
    values: list[Value] = [_split(key) for key in facets[1]]
    yield (*ALONE, *ALL)
    for axis, value in values:
        yield (*ALONE, axis, value)
    for (with_axis, with_value), (axis, value) in permutations(values, 2):
        if _are_counted_together(with_axis, axis):
            yield (with_axis, with_value, axis, value)
    for word in said.list_said(facets[1]):
        for beside in (ALONE, *(value for value in values if value[0] in said.BESIDE)):
            yield (*beside, said.AXIS, word)


def _split(key: str) -> Value:
    axis, _colon, value = key.partition(":")
    return axis, value


def _are_counted_together(with_axis: str, axis: str) -> bool:
    """Tell whether an axis is counted under the values of another: not of its own filter, nor of codes of figures."""
    if with_axis in AXES:
        return False
    return with_axis in BESIDE[axis] if axis in AXES else _family(with_axis) != _family(axis)


def _family(axis: str) -> str:
    """Return the filter that an axis belongs to: an MRC is a choice among territories."""
    return "territory" if axis == "mrc" else axis


def add_changes(moves: Counter[Key]) -> None:
    """Add to the counts, in the order of all writers: the last thing before the commit."""
    rows = [
        dict(zip(("with_axis", "with_value", "axis", "value"), key, strict=True)) | {"n": n}
        for key, n in sorted(moves.items())
        if n
    ]
    if rows:
        dialect.add_many(FacetCount.__table__, "n", rows)


def list_wrong() -> Iterator[tuple[int, Facets | None, Facets | None]]:
    """Yield each idea whose stored facets are wrong: (id, the stored ones, the right ones); None for no facets."""
    last = 0
    while ids := facet_counts.list_ids(last, BATCH):
        old, new, last = facet_counts.get_stored_facets(ids), facet_counts.compute_facets(ids), ids[-1]
        yield from ((row_id, old.get(row_id), new.get(row_id)) for row_id in ids if old.get(row_id) != new.get(row_id))


def list_wrong_counts() -> list[tuple[Key, int, int]]:
    """Return each count that differs from the sum over the stored facets of ideas: (key, count, sum)."""
    stored: Counter[Key] = Counter()
    sums: Counter[Key] = Counter()
    for codes, *key, n in facet_counts.stream_stored_facets():
        if codes is None:
            stored[tuple(key)] = n
        else:
            sums.update(list_keys((False, codes.split())))
    return [(key, stored[key], sums[key]) for key in sorted(stored.keys() | sums.keys()) if stored[key] != sums[key]]


def repair(ids: Iterable[int]) -> None:
    """Correct the stored facets of these ideas, then all counts."""
    settle(ids)
    wrong = Counter({key: counted - stored for key, stored, counted in list_wrong_counts()})
    if wrong:
        add_changes(wrong)
        versions.touch(VERSION)
