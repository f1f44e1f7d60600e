"""What a process keeps for as long as a number stays, and how much of it."""

from functools import partial

import pytest
from flask import Flask

from app.core import versions
from app.core.unit import unit


def test_a_process_keeps_what_was_asked_for_last_until_the_number_changes(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "MOST", 2 * versions.THING)
    loads: list[str] = []

    def ask(name: str) -> None:
        versions.get_or_load(name, partial(loads.append, name), under="reference")

    versions.memory_cache.forget()
    for name in ("one", "two", "one", "three", "one"):
        ask(name)
    assert loads == ["one", "two", "three"], "what was asked for longest ago went first"
    with unit():
        versions.touch("reference")
    ask("one")
    assert loads[3:] == ["one"]


def test_what_nobody_ever_changed_is_kept_too_until_somebody_does(app: Flask) -> None:
    versions.memory_cache.forget()
    loads = [versions.get_or_load("one", object, under="nothing") for _n in range(2)]
    assert versions.get_number("nothing") == 0 and loads[0] is loads[1]
    with unit():
        versions.touch("nothing")
    assert versions.get_or_load("one", object, under="nothing") is not loads[0]
