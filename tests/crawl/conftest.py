"""The pages that the crawl brought back; the soak reads as everybody there is."""

import pytest

from tests.crawl.crawl import Page, crawl
from tests.support.house import House
from tests.support.square import READERS
from tests.support.world import ROLES


@pytest.fixture(
    scope="session",
    params=[pytest.param(tuple(READERS), id="readers"), pytest.param(ROLES, id="everybody", marks=pytest.mark.soak)],
)
def pages(house: House, request: pytest.FixtureRequest) -> list[Page]:
    return crawl(house, request.param)
