"""The libraries that we run on: no bound lets in a version with a known fault, and the locks are of those bounds."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.test_architecture import HOUSE

# The first version without a fault that is known, and the fault; those that are not ours by name come with Flask or its like.
SAFE_SINCE = {
    "cryptography": (
        "50",
        "CVE-2026-26007, 34073 and 39892, mended in 46.0.5 to 46.0.7; its newest line alone is looked after",
    ),
    "flask": ("3.1.3", "CVE-2026-27205: a page made for one session could be kept for all"),
    "idna": ("3.15", "CVE-2026-45409: a name that takes minutes"),
    "jinja2": ("3.1.6", "CVE-2025-27516: a template that leaves its sandbox"),
    "markdown-it-py": ("2.2", "CVE-2023-26303: a text that ends the process"),
    "pillow": ("12.3", "CVE-2026-55798 and 59197 to 59200: pictures that write past their memory"),
    "redis": ("4.5.4", "CVE-2023-28859: the answer of somebody else"),
    "werkzeug": ("3.1.6", "CVE-2026-27199, after 21860: a file whose reading never ends"),
}
LOCKS = ("requirements.lock", "requirements-test.lock")
PINNED = re.compile(r"^([\w.-]+)(?:\[([\w,-]+)\])?==([\w.]+)", re.MULTILINE)


def requirements() -> Iterator[Requirement]:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    yield from map(Requirement, [*project["dependencies"], *project["optional-dependencies"]["test"]])


def lower_bounds() -> dict[str, Version]:
    return {
        one.name: Version(part.version) for one in requirements() for part in one.specifier if part.operator == ">="
    }


def locked(lock: str) -> dict[str, list[Version]]:
    """Return the versions of each library in a lock; one may have several, for several versions of Python."""
    found: dict[str, list[Version]] = {}
    for name, _extras, version in PINNED.findall((HOUSE / lock).read_text()):
        found.setdefault(name, []).append(Version(version))
    return found


def extras_asked_for(lock: str) -> set[tuple[str, str]]:
    """Return the extras that we, and the libraries of a lock that are installed here, ask of a library of the lock."""
    names = set(locked(lock))
    asked = list(requirements())
    for library in distributions():
        if canonicalize_name(library.name) in names:
            asked += [one for text in library.requires or () if is_needed(one := Requirement(text))]
    return {(canonicalize_name(one.name), extra) for one in asked for extra in one.extras if one.name in names}


def is_needed(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def test_each_library_has_a_lower_bound_but_the_time_zones_which_are_facts() -> None:
    assert {one.name for one in requirements()} - set(lower_bounds()) == {"tzdata"}


def test_no_lower_bound_lets_a_known_fault_in() -> None:
    bounds = lower_bounds()
    assert {
        name: str(bounds[name])
        for name, (safe, _fault) in SAFE_SINCE.items()
        if name in bounds and bounds[name] < Version(safe)
    } == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_of_the_bounds_and_has_no_known_fault(lock: str) -> None:
    versions = locked(lock)
    least = {
        name: max(bound, Version(SAFE_SINCE.get(name, ("0", ""))[0]))
        for name, bound in lower_bounds().items()
        if name in versions
    }
    least |= {name: Version(safe) for name, (safe, _fault) in SAFE_SINCE.items() if name not in least}
    assert {
        name: versions.get(name)
        for name, bound in least.items()
        if not versions.get(name) or min(versions[name]) < bound
    } == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_each_extra_that_is_asked_for(lock: str) -> None:
    """The pip of Python 3.11 takes `coverage[toml]` for another library than `coverage`, and stops without its hash."""
    named = {
        (name, extra) for name, extras, _v in PINNED.findall((HOUSE / lock).read_text()) for extra in extras.split(",")
    }
    assert extras_asked_for(lock) - named == set()


def test_the_lock_of_the_tests_holds_that_of_the_platform_and_both_name_no_server() -> None:
    platform, tests = map(locked, LOCKS)
    assert {name: versions for name, versions in platform.items() if tests.get(name) != versions} == {}
    assert {one.name for one in requirements()} - set(tests) == set()
    assert [
        lock for lock in LOCKS if "://" in (HOUSE / lock).read_text() or "index-url" in (HOUSE / lock).read_text()
    ] == []
