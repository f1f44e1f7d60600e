"""The pages of topics, to a guest with a pass: as their host, as another participant, and with a pass that opens nothing."""

import pytest

from app.core import keys
from app.core.actor import ANYONE
from app.core.keys import Purpose
from app.events.queries import registrations
from app.events.service import erasure
from app.forum.models import ForumInterest, ForumTopic
from tests.events.stored import at
from tests.forum.stored import topic_in
from tests.matrix import ON_PAGE
from tests.support.door import comes
from tests.support.rows import again, count, last
from tests.support.tables import photo
from tests.web.forum.hall import BY_NAME, CODE, address, enter, hall

TYPED = {"title": "Un autobus du soir", "why": "Mon quart finit à 23 h.", "wants_quiet": "y"}
EDITED = {"title": "Un autobus de nuit"} | ON_PAGE
# Each act of a participant: its address, what it sends, the answer to the host of the topic and to another guest.
ACTS = [
    ("topics/new", TYPED, 303, 303),
    ("topics/{topic}/edit", EDITED, 303, 404),
    ("topics/{topic}/interest", {}, 404, 303),
    ("topics/{topic}/interest/withdrawal", {}, 404, 303),
    ("topics/{topic}/withdrawal", {}, 303, 404),
]
# The acts of the team ask for an account first.
OF_TEAM = ["topics/{topic}/hands", "topics/{topic}/joining", "topics/{topic}/opening", "wall"]


@pytest.fixture
def forum(clock, make):
    clock.at(at("2027-02-18 10:00"))
    return hall(make)


@pytest.fixture
def mine(forum, make):
    return comes(make, forum, "Ana Sans Compte", CODE)


@pytest.fixture
def topic(forum, make, mine):
    return topic_in(make, forum, host_name="Ana Sans Compte", registration_id=mine.id)


def hold(app, browser, forum, place):
    """Give a browser the pass of a place, as if it had just come in."""
    token = keys.get_keys(app.config).write_token(Purpose.PASS, [place.id, place.code])
    browser.set_cookie("pass", token, path=f"/forums/{forum.id}")
    return browser


def send(browser, forum, topic, path, data):
    return browser.forge(f"/forums/{forum.id}/{path.format(topic=topic.id)}", data)


@pytest.mark.parametrize(("path", "data", "host", "other"), ACTS)
def test_each_act_is_that_of_the_place_of_the_pass(app, forum, make, topic, mine, new_browser, path, data, host, other):
    bea = comes(make, forum, "Bea")
    for place, code in ((bea, other), (mine, host)):
        before = photo()
        answer = send(hold(app, new_browser(), forum, place), forum, topic, path, data)
        assert answer.status_code == code
        assert code == 303 or before == photo()


@pytest.mark.parametrize("path", [path for path, *_more in ACTS] + OF_TEAM)
@pytest.mark.parametrize("why", ["none", "forged", "elsewhere", "given back", "closed"])
def test_without_a_pass_that_holds_nothing_is_done(app, forum, make, topic, mine, visitor, path, why):
    elsewhere = comes(make, hall(make), "Bea")
    if why == "forged":
        visitor.set_cookie("pass", "W10.faux", path=f"/forums/{forum.id}")
    elif why != "none":
        hold(app, visitor, forum, elsewhere if why == "elsewhere" else mine)
    if why == "given back":
        make.at(mine, state="cancelled")
    if why == "closed":
        make.at(forum, phase="closed")
    before = photo()
    answer = send(visitor, forum, topic, path, TYPED)
    assert answer.status_code == (401 if path in OF_TEAM else 404) and before == photo()
    if path not in OF_TEAM and why != "closed":
        assert answer.soup.select_one(f"main a[href='{address(forum)}']")


def test_what_was_typed_with_a_pass_that_ended_comes_back_to_be_sent_again(forum, make, mine, visitor):
    enter(visitor, forum)
    page = visitor.get(f"/forums/{forum.id}/topics/new")
    make.at(mine, code="ZZZZZZ")
    refused = visitor.submit(page, "main form.form", title="Un autobus du soir")
    assert refused.status_code == 404 and "Entrez de nouveau au forum" in refused.words
    assert "Un autobus du soir" in refused.words and not count(ForumTopic)
    enter(visitor, forum, "ZZZZZZ")
    assert (
        visitor.submit(refused, "main form.form").status_code == 303 and last(ForumTopic).title == "Un autobus du soir"
    )


def test_from_the_code_on_the_wall_to_a_topic_on_the_wall(app, forum, visitor, team, new_browser):
    """A walk-in pitches, waits, and is read by all once the door has seen them."""
    page = visitor.get(f"/f/{forum.id}", follow_redirects=True)
    visitor.submit(page, BY_NAME, name="Maude", follow=True)
    page = visitor.get(f"/forums/{forum.id}")
    page = visitor.get(page.soup.select_one("main a[href$='/topics/new']")["href"])
    assert not page.soup.select("[name=host_name]")
    page = visitor.submit(page, "main form.form", title="Un autobus du soir", follow=True)
    assert "attend" in page.words and "Un autobus du soir" not in new_browser().get(f"/forums/{forum.id}").words
    door = team.get(f"/events/{forum.id}/door")
    team.submit(door, next(one for one in door.soup.select(".guest") if "Maude" in one.text).form)
    shown = new_browser().get(f"/forums/{forum.id}")
    assert "Un autobus du soir" in shown.words and "Maude" in shown.words and not shown.soup.select("main form")


def test_an_act_of_a_guest_needs_the_token_of_a_page_of_ours(app, forum, topic, make, visitor):
    hold(app, visitor, forum, comes(make, forum, "Bea"))
    press = f"/forums/{forum.id}/topics/{topic.id}/interest"
    for path, data in ((press, {}), (address(forum), {"code": CODE}), (address(forum, "/leaving"), {})):
        assert visitor.post_raw(path, data=data).status_code == 400
        foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        assert visitor.forge(path, data, headers=foreign).status_code == 400
    assert not count(ForumInterest)


def test_a_name_that_is_erased_leaves_the_topic_and_no_name(app, forum, topic, mine, visitor):
    erasure.erase_own(ANYONE, registrations.find_registration(mine.id))
    assert again(topic).host_name == "" and "Ana" not in visitor.get(f"/forums/{forum.id}").words
