"""What search finds is said once, by its room and by its noun; what lacks a word keeps the site from starting."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app import wiring
from app.ideas import models
from app.search.index import index_sync, texts
from app.web.frame import search_kinds


@pytest.fixture
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the registers as they were."""
    monkeypatch.setattr(index_sync, "SOURCES", {})
    monkeypatch.setattr(index_sync, "NUMBERS", {})


def test_a_kind_keeps_its_number_which_stands_in_each_entry_that_is_stored(app: Flask) -> None:
    assert texts.NUMBERS == {
        "idea": 0,
        "comment": 1,
        "update": 2,
        "action": 3,
        "community": 4,
        "person": 5,
        "event": 6,
        "topic": 7,
    }


@pytest.mark.parametrize("change", [{"kind": "other"}, {"number": 6}, {"kind": "other", "number": 16}])
def test_two_things_have_neither_one_kind_nor_one_number(unchanged: None, change: dict[str, Any]) -> None:
    idea = wiring.SOURCES[0]
    with pytest.raises(ValueError, match=r"^app/ideas/searchable.py, Source: .*numbers that are left: \[1, 2, .*15]$"):
        index_sync.register([idea, replace(idea, **change)])
    index_sync.register([idea, replace(idea, kind="other", number=6)])
    assert set(index_sync.SOURCES) == {"idea", "other"}


def test_what_search_finds_has_a_name_at_the_doors(app: Flask) -> None:
    search_kinds.check(index_sync.SOURCES)
    with pytest.raises(
        ValueError, match=r"^search finds bookmark: write search_kinds.name.*app/web/<noun>/bp.py of each"
    ):
        search_kinds.check([*index_sync.SOURCES, "bookmark"])


def test_each_kind_of_idea_is_in_the_filter(app: Flask) -> None:
    assert set(search_kinds.KINDS["idea"].facets) == set(models.KINDS)
