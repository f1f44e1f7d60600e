"""The figures of participation, which everybody reads alike."""

from app.web.figures.address import ENDINGS
from app.web.figures.read import TABLES
from tests.matrix import Row
from tests.support.law import EVERYONE

FILE = f"/figures/<any({', '.join(TABLES)}):table>.<any({', '.join(ENDINGS)}):ending>"
ROUTES = [Row("GET /figures", "", "200 *"), Row(f"GET {FILE}", "", "200 *")]
VARIABLES = {"table": lambda _world, _state: "months", "ending": lambda _world, _state: "csv"}
PAGES = {
    "anyone": lambda _square: ["/figures", "/figures?period=all&by=issue", "/figures?territory=70&by=year"],
    "program": lambda _square: ["/figures/road.csv"],
}
EMPTY = {"anyone": ["/figures"]}
LAW = {"nothing": {"figures:read": EVERYONE}}
