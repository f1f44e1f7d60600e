"""The discs of a map on a screen."""

from itertools import combinations
from math import hypot
from typing import Any

from playwright.sync_api import Page

# The discs that are seen: their addresses, where each stands, and how far from there its rim goes.
DISCS = """links => links.filter(link => link.getBoundingClientRect().width).map(link => {
  const circle = link.querySelector("circle"), box = circle.getBoundingClientRect(), scale = link.ownerSVGElement.getScreenCTM().a;
  const rim = parseFloat(getComputedStyle(circle).strokeWidth), zoom = parseFloat(getComputedStyle(circle).scale) || 1;
  return [link.getAttribute("href"), box.x + box.width / 2, box.y + box.height / 2, (circle.r.baseVal.value + rim / 2) * zoom * scale];
})"""


def press_discs(page: Page) -> list[str]:
    """Return the addresses of the discs that are seen; fail where one is too small for a finger, or meets another."""
    discs: list[Any] = page.locator(".discs a").evaluate_all(DISCS)
    assert min(radius for _url, _x, _y, radius in discs) >= 12, page.viewport_size
    gaps = [hypot(a - c, b - d) - r - s for (_u, a, b, r), (_v, c, d, s) in combinations(discs, 2)]
    assert min(gaps) >= 0, page.viewport_size
    return [url for url, *_place in discs]
