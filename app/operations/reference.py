"""Bring in the reference data that a new instance begins with."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.communities.models import Community, CommunityIssue
from app.core import versions
from app.core.db import db
from app.core.dialect import insert_once
from app.core.text.plain import sort_key
from app.core.unit import command
from app.exchange import shapes as shape_files
from app.reference import queries as reference
from app.reference import shapes
from app.reference.acronyms import build_acronym_key
from app.reference.models import Acronym, Issue, Slug, Territory

DATA = Path(__file__).parent / "data"


@command
def seed() -> dict[str, int]:
    """Add what is missing, by slug or code; say how many were added. Of what is there, only apostrophes change."""
    texts = json.loads((DATA / "reference.json").read_text(encoding="utf-8"))
    covered = {fact["slug"]: fact.pop("issues") for fact in texts["communities"]}
    added = [fact["slug"] for fact in texts["communities"] if _add(Community, "community", fact)]
    counts = {
        "communities": len(added),
        "issues": sum(_add(Issue, "issue", fact) for fact in texts["issues"]),
        "territories": _add_territories(),
        "acronyms": _add_acronyms(texts["acronyms"]),
    }
    _add_coverage({slug: covered[slug] for slug in added})
    if _curl_apostrophes() or any(counts.values()):
        versions.touch(reference.KEY)
    # They are compared with the territories that are there by now.
    return counts | {"shapes": _add_shapes()}


def _add(model: Any, kind: str, fact: Mapping[str, str]) -> bool:
    """Add one community or issue at the end, unless something has or once had its address."""
    is_there = db.session.scalar(select(model.id).where(model.slug == fact["slug"]))
    if is_there or reference.find_id_of_former_address(kind, fact["slug"]) is not None:
        return False
    last = db.session.scalar(select(func.max(model.position)))
    row = model(**fact, position=0 if last is None else last + 1)
    db.session.add(row)
    db.session.flush()
    return insert_once(Slug, kind=kind, slug=fact["slug"], subject_id=row.id)


def _add_coverage(covered: Mapping[str, Sequence[str]]) -> None:
    """Say which issues each of these communities covers, of those that are there, by slug."""
    rooms = dict(db.session.execute(select(Community.slug, Community.id)).tuples().all())
    issues = dict(db.session.execute(select(Issue.slug, Issue.id)).tuples().all())
    for slug, names in covered.items():
        for name in names:
            if name in issues:
                insert_once(CommunityIssue, community_id=rooms[slug], issue_id=issues[name])


def _add_territories() -> int:
    with (DATA / "territories.csv").open(encoding="utf-8", newline="") as file:
        facts = list(csv.DictReader(file))
    ids = dict(db.session.execute(select(Territory.code, Territory.id)).tuples().all())
    missing = [fact for fact in facts if fact["code"] not in ids]
    for is_mrc in (True, False):
        rows = [_territory(fact, ids) for fact in missing if (fact["kind"] == "mrc") is is_mrc]
        db.session.add_all(rows)
        db.session.flush()
        ids |= {row.code: row.id for row in rows}
    return len(missing)


def _add_acronyms(facts: Sequence[Mapping[str, str]]) -> int:
    """Add the first acronyms, to a site that has none: those that were changed since would come back."""
    if db.session.scalar(select(Acronym.id).limit(1)) is not None:
        return 0
    db.session.add_all(Acronym(**fact, sort_key=build_acronym_key(**fact)) for fact in facts)
    return len(facts)


def _add_shapes() -> int:
    """Add the shapes that ship, to a site that has none and whose territories are those they are of."""
    if shapes.has_shapes():
        return 0
    file = shape_files.read((DATA / "shapes.geojson").read_bytes())
    if file.refusals:
        return 0
    shape_files.bring(file)
    return file.shape_count


def _curl_apostrophes() -> bool:
    """Write the names of places with ’, as those that ship are now; tell whether one changed."""
    rows = db.session.scalars(select(Territory).where(Territory.name.contains("'"))).all()
    for row in rows:
        row.name = row.name.replace("'", "’")
    return bool(rows)


def _territory(fact: Mapping[str, str], ids: Mapping[str, int]) -> Territory:
    return Territory(
        code=fact["code"],
        name=fact["name"],
        kind=fact["kind"],
        sort_key=sort_key(fact["name"]),
        parent_id=ids.get(fact["mrc_code"]),
        population=int(fact["population"]),
        latitude=float(fact["latitude"]) if fact["latitude"] else None,
        longitude=float(fact["longitude"]) if fact["longitude"] else None,
    )
