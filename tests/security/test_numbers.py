"""A number in an address that is none of ours is refused by every list, alike on both engines: it never reaches a column."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.comments.queries.pages import SORTS as THREAD_SORTS
from app.desk.queries.queues import QUEUES
from app.ideas.queries.lists import SORTS
from app.moderation.appeals.queries import appeals
from app.moderation.cases.models import STATES
from app.web.frame import params
from tests.support.browser import Browser
from tests.support.world import HERE, ROLES, World
from tests.test_routes import TABLE, address

# Which numbers are too large is told by each engine.
pytestmark = pytest.mark.both_engines

FAR, LAST = "9999999999999999", "2147483647"
# A few of each: tests/core/test_numbers.py has all the ways in which a number is none.
NO_NUMBER = ("01", "１", "2147483648", "9" * 190)
NO_PLACE = ("1.2147483648", "１.1")
NO_SLOT = ("1.1.idea.2147483648", "1.１.idea.1", "1.1.zzz.1")
COUNTED = ("sort=supported", "sort=discussed", "sort=least_discussed", "sort=useful")
Reading = dict[str, set[str]]


@contextmanager
def noting(patch: pytest.MonkeyPatch) -> Iterator[Reading]:
    """Note which parameters a page reads, as the number of a row or as a word."""
    parameters: Reading = {"id_param": set(), "single_param": set()}

    def note(name: str, read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(parameter: str, *rest: Any) -> Any:
            parameters[name].add(parameter)
            return read(parameter, *rest)

        return reading

    with patch.context() as within:
        for name in parameters:
            real = getattr(params, name)
            for module in [
                one
                for key, one in sys.modules.items()
                if key.startswith("app.web") and getattr(one, name, None) is real
            ]:
                within.setattr(module, name, note(name, real))
        yield parameters


def pages(world: World) -> Iterator[tuple[str, str]]:
    """Yield every page that somebody may read, in the first state in which they may, with who."""
    found = set()
    for row in (row for row in TABLE if row.method == "GET" and row.rule not in found):
        readers = [role for role, code in row.codes(ROLES).items() if code == 200]
        if readers:
            found.add(row.rule)
            role = "coordinator" if "coordinator" in readers else readers[-1]
            yield address(world, row, (row.states.split() or [""])[0]), role


def variants(world: World) -> Iterator[str]:
    """Yield the lists that are sorted or cut otherwise than at first."""
    idea = world.ideas["published"]
    yield from (f"/ideas?sort={sort}" for sort in SORTS)
    yield from (f"/ideas/{idea.id}-{idea.slug}?sort={sort}" for sort in THREAD_SORTS)
    yield from (f"/moderation/cases?state={state}" for state in STATES)
    yield from (f"/moderation/appeals?state={state}" for state in appeals.ORDERS)
    yield from (f"{desk}?queue={queue}" for desk, queue in (("/moderation", queue) for queue in QUEUES))
    yield from (f"/moderation/{HERE}?queue=unread", f"/communities/{HERE}/updates", f"/moderation/{HERE}/bulk")


def test_every_number_that_a_page_reads_is_a_rows_number(
    world: World, people: dict[str, Browser], is_sample: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each parameter is given one that is none, on the next page another; in the soak, all of them."""
    wrong, read, lists = [], set(), list(variants(world))
    for n, (path, role) in enumerate(pages(world)):
        none = NO_NUMBER[n % 4 :: 4] if is_sample else NO_NUMBER
        with noting(monkeypatch) as parameters:
            assert people[role].get(path).status_code == 200, path
        is_list = "after" in parameters["single_param"] - parameters["id_param"] and "?" not in path
        # A place in what search finds is a moment, which is larger: tests/web/search has those that are none.
        lists += [path] if is_list and path != "/search" else []
        read |= parameters["id_param"]
        for name in sorted(parameters["id_param"]):
            codes_by_value = dict.fromkeys(none, (400,)) | {LAST: (200, 404)}
            wrong += list(misread(people[role], path, name, codes_by_value))
    assert read == {"after", "at", "before", "beside", "duplicate", "into", "other", "page", "person", "since", "topic"}
    assert len(lists) > 25
    for path in lists:
        wrong += list(misread(people["coordinator"], path, "after", places(path)))
    assert not wrong, "\n".join(wrong)


def misread(browser: Browser, path: str, name: str, codes_by_value: dict[str, tuple[int, ...]]) -> Iterator[str]:
    page, _mark, query = path.partition("?")
    values = dict(part.split("=") for part in query.split("&") if part)
    for value, codes in codes_by_value.items():
        code = browser.get(page, query_string=values | {name: value}).status_code
        if code not in codes:
            yield f"{path} {name}={value[:40]}: {code}"


def places(path: str) -> dict[str, tuple[int, ...]]:
    """Return the answers to places that no list gives, and to the last that one could."""
    if path.startswith("/moderation") and ("queue=" in path or path.endswith(("/moderation", HERE))):
        return dict.fromkeys(NO_SLOT, (404,)) | {f"1.{FAR}.idea.{LAST}": (200,)}
    beyond = 404 if any(sort in path for sort in COUNTED) else 200
    return dict.fromkeys(NO_PLACE, (404,)) | {f"{LAST}.{LAST}": (200,), "2147483648.1": (beyond,)}
