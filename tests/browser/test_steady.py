"""A page does not move under the eyes of whoever reads it: when its fonts come, when its scripts run."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from bench import vitals
from tests.support.make import Make


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_stays_where_it_is_while_it_comes(page_for: Callable[..., Page], make: Make, width: int) -> None:
    idea: Any = make.idea(title="Un autobus qui passe le soir, entre les villages", votes=2)
    make.comment(idea, make.user(), "Je le prendrais tous les jours.")
    page = page_for(width=width, motion=True)
    for path in ("/", "/ideas", f"/ideas/{idea.id}-{idea.slug}", "/communities"):
        found = vitals.measure(page, path)
        assert found.cls < 0.1 and found.lcp > 0, (path, found)
