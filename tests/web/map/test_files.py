"""What is taken away of the map says what the map says."""

from typing import Any

from app.core.geometry.areas import contains
from app.reference.shapes import read_area
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import ELSEWHERE


def fill(make: Make, plans: MakePlan) -> None:
    plans.plan()
    make.idea(title="Un abribus", kind="need", territories=["70052", "70022"], community=ELSEWHERE)
    make.idea(title="Un médecin", kind="need", territories=["70"])
    make.idea(title="Un toit", kind="need")


def features_of(visitor: Browser, query: str = "") -> dict[tuple[str, str], Any]:
    found = visitor.get(f"/map.geojson{query}").json["features"]
    return {(one["properties"]["scope"], one["properties"]["code"]): one for one in found}


def test_shapes_codes_and_counts_go_with_their_source_and_their_date(
    make: Make, plans: MakePlan, visitor: Browser, clock: Any
) -> None:
    fill(make, plans)
    answer = visitor.get("/map.geojson")
    assert answer.mimetype == "application/geo+json" and "CC BY 4.0" in answer.json["attribution"]
    assert len(answer.json["date"]) == 10 and answer.json["address"].endswith("/map")
    found = features_of(visitor)
    towns = [one for (scope, _code), one in found.items() if scope == "municipality"]
    assert len(towns) == 65 and all(town["geometry"] for town in towns)
    assert [
        found[key]["properties"]["needs"] for key in (("municipality", "70052"), ("whole", "70"), ("once", "70"))
    ] == [
        1,
        1,
        2,
    ]
    assert found["nowhere", ""]["properties"]["waiting"] == 1 and found["all", ""]["properties"]["needs"] == 3
    area = read_area(found["municipality", "70052"]["geometry"])
    assert contains(area, (-74.13, 45.25))


def test_filters_and_the_picture_of_an_mrc_narrow_the_files(make: Make, plans: MakePlan, visitor: Browser) -> None:
    fill(make, plans)
    found = features_of(visitor, f"?community={ELSEWHERE}&territory=70")
    assert {key[1][:2] for key in found} == {"70"} and found["once", "70"]["properties"]["needs"] == 1
    page = visitor.get(f"/map?community={ELSEWHERE}&territory=70&gap=1")
    files = [link["href"] for link in page.soup.select("a[download]")]
    assert files == [f"/map.{end}?community={ELSEWHERE}&territory=70" for end in ("geojson", "csv")]


def test_the_table_has_the_rows_of_the_list(make: Make, plans: MakePlan, visitor: Browser) -> None:
    fill(make, plans)
    lines = visitor.get("/map.csv").get_data(as_text=True).lstrip("\ufeff").splitlines()
    cells = [[cell.strip('"') for cell in line.split(";")] for line in lines]
    rows = visitor.get("/map").soup.select("#list tbody tr")
    assert [line[1:-1] for line in cells[1:]] == [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in rows
    ]
    assert cells[0][:2] == ["MRC", "Territoire"] and len(cells[1][-1]) == 10
