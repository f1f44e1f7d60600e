"""A press that a script sends: it reads the number beside it at once, and one that comes too often is told when it may."""

import pytest

from app.forum.models import ForumInterest
from app.forum.service import interests
from tests.forum.stored import place_in, topic_in
from tests.support.accounts import allow, enforce_limits
from tests.support.rows import count
from tests.web.forum.hall import hall

FORM = "form[data-mark]"


@pytest.fixture
def forum(make):
    return hall(make, phase="marketplace")


@pytest.fixture
def topic(make, forum):
    return topic_in(make, forum, hands=2, wants_quiet=True)


@pytest.fixture
def member(make, forum, sign_in):
    mia = make.user("Mia Membre")
    place_in(make, forum, mia)
    return sign_in(mia)


def pages(forum, topic):
    return f"/forums/{forum.id}", f"/forums/{forum.id}/topics/{topic.id}"


def counted(soup):
    return [one["data-count"] for one in soup.select("[data-counted]")]


def test_the_answer_to_a_press_has_the_number_beside_it_as_its_page_shows_it(make, forum, topic, member):
    make.add(ForumInterest(topic_id=topic.id, registration_id=place_in(make, forum).id, at=topic.created_at))
    interests.fold_forum(forum.id)
    for url in pages(forum, topic):
        for number in ("4", "3"):
            answer = member.submit(url, FORM, htmx=True)
            shown = member.get(url).soup
            name = answer.soup.select_one("[data-piece]")["data-piece"]
            assert counted(answer.soup) == counted(shown) == [number], url
            assert str(answer.soup.select_one("[data-piece]")) == str(shown.select_one(f'[data-piece="{name}"]'))


def test_too_many_presses_are_told_when_they_may_be_made_again(app, make, forum, topic, member, monkeypatch):
    allow(monkeypatch, press=1)
    wall, page = pages(forum, topic)
    with enforce_limits(app):
        assert member.submit(wall, FORM, htmx=True).status_code == 200
        by_script = member.submit(wall, FORM, htmx=True)
        by_form, hosting = (member.submit(page, form, follow=True) for form in (FORM, "#hosts form"))
    assert by_script.status_code == 429 and 0 < int(by_script.headers["Retry-After"]) <= 3600
    for answer in (by_script, by_form, hosting):
        assert "beaucoup de gestes en peu de temps. Réessayez" in answer.words and "texte est gardé" not in answer.words
    assert count(ForumInterest) == 1


def test_the_answer_to_a_press_changes_the_number_of_its_topic_alone(make, forum, topic, member):
    """A press that waited is sent by whichever page is open by then: that of another topic, or the wall."""
    other = topic_in(make, forum, title="Un taxi")
    names = []
    for url in (*pages(forum, topic), pages(forum, other)[1]):
        names.append(member.submit(url, FORM, htmx=True).soup.select_one("[data-piece]")["data-piece"])
    assert len(set(names)) == 3, names
