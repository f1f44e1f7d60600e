"""A private community in a real browser: its team invites, somebody comes in, everything read by axe, narrow and wide."""

import pytest
from playwright.sync_api import expect

from app.core import clock
from tests.support.make import PASSWORD

NAME = "Cercle des aidantes et des aidants"
ROOM = "/communities/cercle"


@pytest.fixture
def room(make):
    return make.community(
        slug="cercle",
        name=NAME,
        name_en="Caregivers' circle",
        is_private=True,
        colour="fifth",
        description="Entre nous, on se dit les choses. **Ce qui se dit ici reste ici.**",
    )


@pytest.fixture
def team(make, room):
    user = make.user("Fae Animation", role="coordinator")
    for name in ("Mia Membre", "Élise Aidante-Tremblay-Beauchesne"):
        make.actor(make.user(name), member_of=[room.slug])
    make.idea(make.user("Zoé"), room.slug, title="Un répit le samedi matin", issues=["education"])
    make.invitation(room, "marie.une-adresse-assez-longue@organisme-communautaire.example.org", by_id=user.id)
    make.invitation(room, "tardive@example.org", by_id=user.id, expires_at=clock.now())
    make.invitation(room, "", by_id=user.id, used_at=clock.now(), used_by=make.user("Ana Acceptée").id)
    return user


def test_its_pages_can_be_read_by_all(page_for, axe, team, room):
    page = page_for(team)
    for path in (
        "/communities",
        ROOM,
        f"{ROOM}/invitations",
        f"{ROOM}/members",
        f"{ROOM}/edit",
        "/communities/new",
        "/ideas?community=cercle",
    ):
        page.goto(path)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(f"{ROOM}/members")
    page.click("main .list a:has-text('Mia Membre')")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Retirer Mia Membre")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        axe(page)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_whoever_is_invited_signs_in_and_accepts_by_keyboard(page_for, axe, make, team, room, width, javascript):
    user = make.user("Gilles Invité")
    make.invitation(room, user.email, token="un-jeton", by_id=team.id)
    page = page_for(width=width, javascript=javascript)
    page.goto("/invitations/un-jeton")
    if javascript:
        axe(page)
    assert page.url.endswith("/invitations/link") and NAME not in page.content()
    page.click("main >> text=Se connecter")
    page.fill("#email", user.email)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("main form button >> text=Accepter")
    if javascript:
        axe(page)
    page.focus("main form button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ROOM}")
    assert "Bienvenue" in page.inner_text("#flashes") and NAME in page.inner_text("h1")


def test_what_is_over_and_another_account_are_told_kindly(page_for, axe, make, team, room):
    make.invitation(room, "quelquun@example.org", token="pour-un-autre", by_id=team.id)
    page = page_for(make.user(), width=360)
    for token in ("pour-un-autre", "inconnu"):
        page.goto(f"/invitations/{token}")
        axe(page)
    page.troubles.clear()
