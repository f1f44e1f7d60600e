"""A measure on a member falls where it was said, and lasts as long as it was said."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.communities.models import Restriction
from app.core import clock as time
from app.core.db import db
from app.moderation.measures.models import Measure

WHY = "Trois rappels sont restés sans réponse."
HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
pytestmark = pytest.mark.one_engine


@pytest.fixture
def author(make: Any) -> Any:
    user = make.user("Ana Auteure")
    make.idea(user, HERE)
    make.idea(user, ELSEWHERE)
    return user


@pytest.mark.parametrize("act", ["warning", "suspension", "block"])
def test_where_several_places_are_possible_one_is_chosen(make: Any, sign_in: Any, author: Any, act: str) -> None:
    browser, path = sign_in(make.user(role="coordinator")), f"/members/{author.id}/{act}"
    length = {"days": "7"} if act == "suspension" else {}
    page = browser.submit(path, "form.form", reason=WHY, **length)
    assert page.status_code == 422 and page.soup.select_one("#place-error") and WHY in page.text
    assert db.session.scalar(select(Measure.id)) is None
    assert browser.submit(page, "form.form", place=str(make.room(ELSEWHERE).id)).status_code == 303
    assert db.session.scalars(select(Measure.community_id)).all() == [make.room(ELSEWHERE).id]


def test_a_last_day_alone_is_enough_and_is_not_set_aside_for_a_length(make: Any, sign_in: Any, author: Any) -> None:
    browser, path = sign_in(make.user(role="coordinator")), f"/members/{author.id}/suspension"
    day = (time.now() + timedelta(days=20)).date()
    place = str(make.room(HERE).id)
    page = browser.get(path)
    assert not page.soup.select("[name=days][checked]")
    both = browser.submit(page, "form.form", reason=WHY, place=place, days="1", until=day.isoformat())
    assert both.status_code == 422 and "aussi choisi une durée" in both.soup.select_one("#until-error").get_text()
    neither = browser.submit(page, "form.form", reason=WHY, place=place)
    assert neither.status_code == 422 and neither.soup.select_one("#days-error")
    assert browser.submit(page, "form.form", reason=WHY, place=place, until=day.isoformat()).status_code == 303
    assert db.session.scalars(select(Restriction.until)).one().date() in (day, day + timedelta(days=1))
