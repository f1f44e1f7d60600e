"""What everybody finds: what they may read."""

from tests.matrix import Row
from tests.support.law import EVERYONE

ROUTES = [Row("GET /search", "", "200 *")]
PAGES = {"anyone": lambda _square: ["/search", "/search?q=id%C3%A9e&kind=idea", "/search?q=introuvable"]}


LAW = {"nothing": {"search:ask": EVERYONE}}
