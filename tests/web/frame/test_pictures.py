"""The picture of a link: what is on it, how it is named, how long it is kept, and who has none."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app import HOUSE
from app.accounts.models.people import User
from app.core import clock
from app.ideas.models import StatusChange
from app.web.frame import link_picture
from app.web.frame.link_picture import COLOURS, Card
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.rows import again
from tests.support.world import HERE

STATIONS = (
    ("Proposition", "done"),
    ("À l’étude", "now"),
    ("Décision", "next"),
    ("Au plan de la région", "next"),
    ("Un résultat dont le nom est bien trop long", "next"),
)
TITLES = (
    "Une navette",
    "Un titre très long, avec des mots, " * 8,
    "x" * 255,
    "🌱",
    "",
    "🌱 Un jardin мир العربية",
    "Pourquoi\u202f? \x00\n",
    "a\u00a0b " * 60,
)


def image(data: bytes) -> Any:
    found = Image.open(BytesIO(data))
    found.load()
    assert (found.format, found.size) == ("PNG", (1200, 630))
    return found


def shown(browser: Browser, path: str) -> tuple[str, str]:
    """Return the path of the picture that a page names, and what it says is on it."""
    soup = browser.get(path).soup
    tags = {meta["property"]: meta["content"] for meta in soup.select("meta[property^='og:image']")}
    assert (tags["og:image:width"], tags["og:image:height"], tags["og:image:type"]) == ("1200", "630", "image/png")
    assert soup.select_one("meta[name='twitter:card']")["content"] == "summary_large_image"
    assert tags["og:image"].startswith("http://localhost/")
    return tags["og:image"].removeprefix("http://localhost"), tags["og:image:alt"]


@pytest.mark.one_engine
@pytest.mark.parametrize("name", [link_picture.SANS, link_picture.BOLD])
def test_a_zero_is_open(name: str) -> None:
    """A slashed one, read beside words, looks like a letter."""
    face = link_picture.Font(name, 100).face
    zero = face.getmask("0")
    width, height = zero.size
    assert zero.getpixel((width // 2, height // 2)) == 0 and zero.getpixel((width // 2, 4)) > 0


@pytest.mark.one_engine
@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_painted_inside_the_frame_and_alike_each_time(title: str) -> None:
    card = Card(
        title, "Réflexe DS", "Besoin · Transport collectif et plus encore " * 3, "transit", "Un texte. " * 60, STATIONS
    )
    painted = link_picture.paint(card)
    link_picture._paint.cache_clear()
    assert link_picture.paint(card) == painted and len(painted) < 60_000
    picture = image(painted).convert("RGB")
    for box in ((1130, 60, 1150, 570), (100, 600, 1100, 630), (20, 60, 36, 570)):
        assert len(picture.crop(box).getcolors()) <= 2, "nothing but the paper and what is around it"


@pytest.mark.one_engine
def test_what_is_on_a_picture_changes_it_and_its_version() -> None:
    cards = [
        Card("Un titre", "Réflexe DS"),
        Card("Un autre", "Réflexe DS"),
        Card("Un titre", "Autre site"),
        Card("Un titre", "Réflexe DS", colour="food"),
        Card("Un titre", "Réflexe DS", stations=STATIONS),
        Card("Un titre", "Réflexe DS", stations=(("Proposition", "end"), ("Suite", "beyond"))),
    ]
    assert len({card.version for card in cards}) == len({link_picture.paint(card) for card in cards}) == len(cards)
    assert link_picture.paint(Card("🌱", "Réflexe DS")) != link_picture.paint(Card("", ""))


@pytest.mark.one_engine
def test_its_colours_are_those_of_the_site() -> None:
    light = (HOUSE / "static" / "css" / "tokens.css").read_text().partition("@media")[0]
    for name, (colour, wash) in COLOURS.items():
        assert f"--{name}: {colour};" in light and f"--{name}-wash: {wash};" in light
    for colour in (link_picture.PAPER, link_picture.INK, link_picture.MUTED, link_picture.EDGE, link_picture.SUN):
        assert f": {colour};" in light


def test_an_idea_and_a_community_have_one_in_each_language_and_other_pages_that_of_the_site(
    make: Make, visitor: Browser
) -> None:
    idea = make.idea(title="Une navette", status="under_review")
    found = {
        page: shown(visitor, page)
        for page in (idea_page(idea), f"/communities/{HERE}", "/", "/ideas", "/login", "/nothing")
    }
    assert (
        found[idea_page(idea)][1] == "Une navette, sur Réflexe DS"
        and found["/"] == found["/ideas"] == found["/login"] == found["/nothing"]
    )
    assert found["/"][0].startswith("/picture.png?lang=fr&v=")
    for page, (path, _alt) in found.items():
        assert image(visitor.get(path).data).text["Title"]
        english = shown(visitor, f"{page}?lang=en")[0]
        assert "?lang=en&v=" in english and visitor.get(english).data != visitor.get(path).data


def test_it_is_kept_for_a_week_under_its_version_and_asked_for_again_otherwise(
    make: Make, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    idea = make.idea(title="Une navette")
    path, _alt = shown(visitor, idea_page(idea))
    answer = visitor.get(path)
    assert (
        answer.headers["Cache-Control"] == "public, max-age=604800"
        and answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    )
    assert "Set-Cookie" not in answer.headers and sign_in(make.user()).get(path).data == answer.data
    assert visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    make.at(again(idea), title="Une autre navette")
    late = visitor.get(path)
    assert (
        late.headers["Cache-Control"] == "public, no-cache"
        and late.data != answer.data
        and shown(visitor, idea_page(idea))[0] != path
    )


def test_the_stations_of_an_idea_that_was_put_aside_says_how_far_it_came(make: Make, visitor: Browser) -> None:
    near, far = (make.idea(title="Une navette", status="archived") for _ in range(2))
    make.add(StatusChange(idea_id=far.id, status="retained", at=clock.now(), reason="Oui."))
    make.add(StatusChange(idea_id=far.id, status="archived", at=clock.now(), reason="Fini."))
    for idea in (near, far):
        make.at(idea, community_id=None)
    assert visitor.get(f"/ideas/{near.id}/picture.png").data != visitor.get(f"/ideas/{far.id}/picture.png").data


def test_what_the_public_does_not_read_shows_that_of_the_site(
    make: Make, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    room, coordinator = make.community(is_private=True), sign_in(make.user(role="coordinator"))
    idea, hidden = make.idea(community=room), make.idea(hidden_at=clock.now(), hidden_reason="Non")
    for page in (idea_page(idea), idea_page(hidden), f"/communities/{room.slug}"):
        assert shown(coordinator, page)[0].startswith("/picture.png?")
    for path in (
        f"/ideas/{idea.id}/picture.png",
        f"/ideas/{hidden.id}/picture.png",
        f"/communities/{room.slug}/picture.png",
    ):
        assert coordinator.get(path).status_code == visitor.get(path).status_code == 404
