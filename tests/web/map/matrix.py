"""The map of needs, which everybody reads."""

from tests.matrix import Row

ROUTES = [Row(f"GET /map{end}", "", "200 *") for end in ("", ".geojson", ".csv")]
PAGES = {
    "anyone": lambda _square: ["/map", "/map?territory=70", "/map?territory=70052", "/map?show=ideas", "/map?gap=1"],
    "program": lambda _square: ["/map.geojson", "/map.csv"],
}
EMPTY = {"anyone": ["/map", "/map?territory=70052"]}
