"""The figures of participation, which everybody reads alike."""

from tests.matrix import Row
from tests.support.law import EVERYONE

ROUTES = [Row("GET /figures", "", "200 *"), Row("GET /figures/<table>.<ending>", "", "200 *")]
VARIABLES = {"table": lambda _world, _state: "months", "ending": lambda _world, _state: "csv"}
PAGES = {
    "anyone": lambda _square: ["/figures", "/figures?period=all&by=issue", "/figures?territory=70&by=year"],
    "program": lambda _square: ["/figures/road.csv", "/figures/wrote.json"],
}
EMPTY = {"anyone": ["/figures"]}
LAW = {"nothing": {"figures:read": EVERYONE}}
