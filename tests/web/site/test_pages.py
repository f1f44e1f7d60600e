"""The texts of the house, and what machines ask for."""

from xml.etree import ElementTree

import pytest

from app.core import clock, dialect
from app.operations import readiness
from app.web.frame import documents
from tests.support.queries import costs_alike

TEXTS = {
    "/about": ("À propos", "About"),
    "/privacy": ("Confidentialité", "Privacy"),
    "/accessibility": ("Accessibilité", "Accessibility"),
    "/charter": ("Charte", "Charter"),
}
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_is_there_in_both_languages_with_its_version(visitor, path):
    french, english = visitor.get(path), visitor.get(f"{path}?lang=en")
    assert french.soup.h1.text == TEXTS[path][0]
    assert french.soup.html["lang"] == "fr-CA" and english.soup.html["lang"] == "en-CA"
    assert french.soup.select_one(".prose").text != english.soup.select_one(".prose").text
    version, _html = documents.load_document(path.strip("/"), "fr")
    assert version in french.words or french.soup.select_one(f"main time[datetime^='{version}']")
    for page in (french, english):
        assert len(page.soup.select("h1")) == 1 and len(page.soup.select_one(".prose").text) > 300
        assert "{" not in page.soup.select_one(".prose").text
        assert "Réflexe DS" in page.words and "Set-Cookie" not in visitor.get(path).headers


def test_the_privacy_officer_can_be_reached_from_every_page(visitor):
    for path in ("/", "/about", "/communities", "/nulle-part"):
        footer = visitor.get(path).soup.select_one("footer")
        assert "Camille Protection" in footer.text and footer.select_one("a[href='mailto:vie-privee@example.org']")
        assert {"/about", "/privacy", "/accessibility"} <= {a["href"] for a in footer.select("a")}
    assert "vie-privee@example.org" in visitor.get("/privacy").soup.main.text


def test_the_policy_says_how_long_backups_live_whoever_makes_them(visitor, app, monkeypatch):
    def read(folder, send):
        monkeypatch.setitem(app.config, "BACKUP_DIR", folder)
        monkeypatch.setitem(app.config, "BACKUP_SEND", send)
        return visitor.get("/privacy").words, visitor.get("/privacy?lang=en").words

    french, english = read(None, "")
    assert "ne fait pas lui-même ses copies de sauvegarde" in french and "faite chaque jour" not in french
    assert "does not make its backups itself" in english and "made each day" not in english
    french, english = read("/srv/backups", "")
    assert "faite chaque jour, et effacée après quatre semaines au plus" in french and "ailleurs, aussi" not in french
    assert "made each day, and erased after four weeks at most" in english
    french, english = read("/srv/backups", "send {file}")
    assert "Une autre en est gardée ailleurs, aussi longtemps. Ces copies" in french
    assert "Another copy of it is kept elsewhere" in english and "kept apart, four weeks at most" in english


def test_the_texts_lead_to_each_other(visitor):
    links = {a["href"] for a in visitor.get("/about").soup.select("main .tabs a")}
    assert links == set(TEXTS)


def test_robots_may_come_in_and_know_where_the_map_is(visitor):
    answer = visitor.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Sitemap: http://localhost/sitemap.xml" in answer.text and "Disallow: /account" in answer.text
    assert "Disallow: /\n" not in answer.text


def test_a_site_that_wants_no_robots_says_so(visitor, app, monkeypatch):
    monkeypatch.setitem(app.config, "SEARCH_INDEXING", False)
    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_the_map_holds_the_public_pages_and_nothing_else(visitor, make):
    public = make.idea(title="Un frigo & un <jardin>")
    secret = [make.idea(status="draft"), make.idea(hidden_at=clock.now()), make.idea(deleted_at=clock.now())]
    answer = visitor.get("/sitemap.xml")
    tree = ElementTree.fromstring(answer.data)
    places = [found.text for found in tree.iter(f"{SPACE}loc")]
    assert answer.mimetype == "application/xml" and len(places) == len(set(places))
    assert f"http://localhost/ideas/{public.id}-{public.slug}" in places
    assert not any(f"/ideas/{idea.id}-" in place for idea in secret for place in places)
    paths = [place.removeprefix("http://localhost") for place in places]
    assert {"/", "/ideas", "/communities/5e-element", "/issues/logement", "/territories/68015", "/charter"} <= set(
        paths
    )
    assert [visitor.get(path).status_code for path in paths if "/ideas/" in path or "/terr" not in path] == [200] * sum(
        "/ideas/" in path or "/terr" not in path for path in paths
    )


def test_the_map_costs_the_same_for_1_and_for_20(visitor, make, author):
    costs_alike(lambda times: [make.idea(author) for _n in range(times)], (visitor, "/sitemap.xml"), most=3)


def test_a_well_platform_is_ready(visitor):
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ready\n", "text/plain")


def fail():
    raise RuntimeError("away")


@pytest.mark.parametrize(
    ("part", "name", "what"), [("database", "is_alive", fail), ("database", "is_alive", lambda: False)]
)
def test_a_platform_without_its_database_is_not_ready(visitor, monkeypatch, part, name, what):
    monkeypatch.setattr(dialect, name, what)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.text) == (503, f"not ready: {part}\n")


def test_a_platform_without_queue_or_disk_is_not_ready(visitor, monkeypatch):
    monkeypatch.setattr(readiness.jobs, "count_waiting", lambda _huey: fail())
    monkeypatch.setattr(readiness, "LEAST_DISK", 2**62)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: queue, disk\n")
