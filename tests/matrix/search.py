"""What everybody finds: what they may read."""

from tests.matrix import Row

TABLE = [Row(f"GET /search{path}", "", "200 *") for path in ("",)]
