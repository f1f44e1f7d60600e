"""How an idea will look, before anything is stored."""

from app.ideas.models import Idea
from app.reference.queries import get_catalogue
from tests.support import rows

GOOD = {"title": "Des paniers à la bibliothèque", "body": "Un **panier** chaque jeudi.", "kind": "need"}


def test_the_preview_shows_the_text_without_keeping_it(writer):
    page = writer.submit("/ideas/new", "main form", **GOOD, community=writer.room, button="preview")
    assert (
        page.status_code == 200
        and page.soup.select_one(".preview strong").get_text() == "panier"
        and rows.count(Idea) == 0
    )
    assert "<strong>" in writer.forge("/ideas/preview", data={"text": "**gras** <script>alert(1)</script>"}).text
    assert writer.forge("/ideas/preview", data={"text": "x" * 20_001}).status_code == 422


def test_the_preview_shows_the_title_and_where_the_idea_is_placed(writer):
    place = get_catalogue().place_at("68010")
    fields = GOOD | {"community": writer.room, "territories": str(place.id), "tags": "hiver"}
    page = writer.submit("/ideas/new", "main form", **fields, button="preview")
    panel = page.soup.select_one(".preview")
    assert panel.select_one("h3").get_text() == GOOD["title"] and "hiver" in panel.text
    assert "Besoin · Sécurité alimentaire" in panel.get_text(" ", strip=True) and "Hemmingford (village)" in panel.text
    assert not page.soup.select_one(".error-summary") and page.soup.select_one("[name=title]")["value"] == GOOD["title"]
    form = {"text": GOOD["body"], **fields}
    assert GOOD["title"] in writer.forge("/ideas/preview", data=form).text
    answer = writer.forge("/ideas/preview", data=form | {"community": "999", "kind": "thing"})
    assert answer.status_code == 200 and "<strong>" in answer.text and GOOD["title"] not in answer.text
    assert writer.submit("/ideas/new", "main form", button="preview").soup.select_one(".preview h3")
    assert (
        writer.submit("/ideas/new", "main form", **fields | {"body": "x" * 20_001}, button="preview").status_code == 422
    )
    assert rows.count(Idea) == 0
