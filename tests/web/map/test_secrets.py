"""What nobody may read changes no page, no number and no file of the map, of the figures and of what leads there."""

import random
from typing import Any

from sqlalchemy import delete

from app.core import clock as time
from app.core import versions
from app.core.db import run
from app.core.masking import FEW, HIDDEN
from app.core.unit import unit
from app.figures import jobs
from app.figures.models import SUPPORTED, PersonTable
from app.figures.queries.persons import VERSION, get_persons
from app.reference.models import Tag
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import HERE

WRITTEN, COUNTED = "2027-02-20T12:00", "2027-03-02T12:00"
MAPS = (
    "",
    "?territory=70052",
    "?territory=70",
    "?territory=70052&frame=mrc&gap=1",
    "?show=ideas",
    "?show=actions&tag=velo",
    f"?community={HERE}&issue=education&tag=velo",
)
FIGURES = (
    "",
    "?period=all",
    "?period=all&by=community",
    "?period=all&by=issue",
    "?period=all&by=year",
    "?territory=70",
)
TABLES = ("months", "delays", "road", "shares", "silent", "wrote", "supported", "years", "places")
LISTS = (
    "?gap=1&sort=oldest",
    "?exact=1",
    "?exact=1&territory=70",
    "?published=2027&territory=70052",
    "?answered=no",
    "?answered=yes",
    "?origin=imported",
    "?lead=none",
    "?q=abribus",
)
PATHS = (
    *(f"/map{query}" for query in MAPS),
    *(f"/map.{ending}?community={HERE}" for ending in ("geojson", "csv")),
    *(f"/figures{query}" for query in (*FIGURES, f"?territory=70&community={HERE}")),
    *(f"/figures/{table}.json?period=all" for table in TABLES),
    *(f"/ideas{query}" for query in LISTS),
    *(
        "/",
        "/territories/70052",
        "/territories/70",
        "/issues/education",
        "/tags/velo",
        "/plan?exact=1",
        "/plan",
        "/plan/gaps",
    ),
)


def fill(make: Make, plans: MakePlan) -> Any:
    """Say things that everybody reads, by enough persons for their numbers to be said; return an action."""
    tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
    axes: dict[str, Any] = {"community": HERE, "issues": ["education"], "tags": [tag]}
    action = plans.action(community=HERE, territories=["70052"])
    for number in range(12):
        places = ["70052", "67015"] if number % 2 else ["70"]
        idea = make.idea(kind="need" if number % 3 else "idea", territories=places, votes=number, **axes)
        make.comment(idea)
        plans.link(action, idea)
    return action


def say_unread(make: Make, plans: MakePlan, action: Any, into: int, room: Any, tag: Any) -> None:
    """Say in each way that nobody reads what would change each number, with its comment, its supports, its link."""
    unread: list[dict[str, Any]] = [
        {"status": "draft"},
        {"status": "pending"},
        {"hidden_at": time.now()},
        {"deleted_at": time.now()},
        {"merged_into": into},
        {"community": room},
        {"community": room, "source": "ailleurs", "source_id": "1"},
    ]
    axes = {"community": HERE, "territories": ["70052", "67015"], "issues": ["education"], "tags": [tag]}
    for columns in unread:
        idea = make.idea(title="Un abribus", kind="need", spot="près du canari", votes=7, **{**axes, **columns})
        make.comment(idea)
        plans.link(action, idea)


def test_what_nobody_reads_changes_nothing(
    make: Make, plans: MakePlan, visitor: Browser, clock: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "SystemRandom", lambda: random.Random(1))
    clock.at(WRITTEN)
    action, into = fill(make, plans), make.idea(kind="aspiration").id
    room = make.community(is_private=True, name="Cercle du canari", slug="cercle-du-canari")
    tag = make.add(Tag(slug="canari", name="Canari", sort_key="canari"))
    before, said = read(visitor, clock)
    assert set(said) - {FEW, HIDDEN, 0}
    clock.at(WRITTEN)
    with unit():
        run(delete(PersonTable))
        versions.touch(VERSION)
    say_unread(make, plans, action, into, room, tag)
    after, said_after = read(visitor, clock)
    assert [path for path in PATHS if before[path] != after[path]] == [] and said == said_after
    assert not [path for path, answer in after.items() if "canari" in answer.lower()]


def read(visitor: Browser, clock: Any) -> tuple[dict[str, str], list[Any]]:
    """Count what the worker counts, and return each page, and the numbers of persons."""
    clock.at(COUNTED)
    jobs.count_persons()
    jobs.count_comments()
    answers = {path: visitor.get(path) for path in PATHS}
    assert {path: one.status_code for path, one in answers.items() if one.status_code != 200} == {}
    found = get_persons(SUPPORTED)
    return {path: one.text for path, one in answers.items()}, list(found.counts.values()) if found else []
