"""The map is kept as other pages are, and says at once what an act changes."""

from typing import Any

from app.plan.models.links import Link
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import every
from tests.support.world import HERE


def test_a_link_that_is_accepted_is_seen_by_the_next_reading(
    make: Make, sign_in: Any, page_cache: Any, reader: Browser
) -> None:
    plans = MakePlan(make)
    plan = plans.plan(action_of("Une tournée d'épicerie"))
    idea = make.idea(kind="need", status="retained", community=HERE, territories=["70052"])
    boss = sign_in(plans.boss)
    paths = ("/map?territory=70052", "/map", "/map?gap=1", "/map.csv", "/map.geojson")
    kept = {path: reader.get(path) for path in paths}
    assert [reader.get(path).data for path in paths] == [page.data for page in kept.values()]
    assert page_cache.pages.hits == len(paths)
    assert "1 besoin, sans action" in kept["/map"].get_data(as_text=True)
    member = sign_in(make.user())
    member.submit(
        f"/ideas/{idea.id}/links",
        "form.form[method=post]",
        action=str(plans.actions(plan)[0].id),
        reason="Elle y répond.",
    )
    assert "1 besoin, sans action" in reader.get("/map").get_data(as_text=True)
    boss.submit(f"/plan/links/{every(Link)[0].id}", "form.form", button="accept", reason="Oui, en effet.")
    for path, page in kept.items():
        now = reader.get(path, headers={"If-None-Match": page.headers["ETag"]})
        assert now.status_code == 200 and now.data != page.data, path
    assert "1 besoin, une action y répond" in reader.get("/map").get_data(as_text=True)
