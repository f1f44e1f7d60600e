"""The page where the coordination keeps acronyms: add, correct, archive; what was typed is never lost."""

import pytest
from sqlalchemy import delete, select

from app.core.db import db
from app.core.unit import unit
from app.reference.models import Acronym

NEW = {"name": "RPA", "meaning": "résidence pour personnes âgées"}
XSS = "<script>alert(1)</script>"


def number_of(name):
    return db.session.scalars(select(Acronym.id).where(Acronym.name == name)).one()


def test_one_is_added_corrected_archived_and_offered_again(boss):
    page = boss.submit("/reference/acronyms/new", "form.form", follow=True, **NEW)
    row = f"row-{number_of('RPA')}"
    assert page.soup.select_one("li[data-autofocus]")["id"] == row and "la recherche en tient compte" in page.words
    page = boss.submit(
        f"/reference/acronyms/{number_of('RPA')}/edit", "form.form", follow=True, meaning="résidence privée"
    )
    assert "RPA résidence privée" in page.words and "enregistrés" in page.words
    page = boss.submit(page, f"#{row} form[action$=archive]", follow=True)
    assert "la recherche ne sait plus ce que « RPA » veut dire" in page.words
    assert "résidence privée · Archivé" in page.soup.select_one(f"#{row}").get_text(" ", strip=True)
    page = boss.submit(page, f"#{row} form[action$=restoration]", follow=True)
    assert "Archivé" not in page.soup.select_one(f"#{row}").text


def test_one_sent_again_as_it_stands_changes_nothing(boss):
    page = boss.submit(f"/reference/acronyms/{number_of('HLM')}/edit", "form.form", follow=True)
    assert "Rien n'a changé" in page.words.replace("’", "'")


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "x" * 21}, {"name": "à deux"}, {"meaning": ""}, {"meaning": "x" * 121}, {"name": "pour"}],
)
def test_a_refused_one_keeps_what_was_typed(boss, wrong):
    for address in ("/reference/acronyms/new", f"/reference/acronyms/{number_of('HLM')}/edit"):
        page = boss.submit(address, "form.form", **NEW | wrong)
        assert page.status_code == 422 and page.soup.select_one(".error-summary[data-autofocus]"), address
        typed = NEW | {name: value.strip() for name, value in wrong.items()}
        assert {name: page.soup.select_one(f"[name={name}]").get("value", "") for name in NEW} == typed


def test_the_same_twice_is_refused_with_its_reason(boss):
    page = boss.submit("/reference/acronyms/new", "form.form", name="hlm", meaning="Habitation à loyer modique")
    assert page.status_code == 422 and "a déjà ce sens. S’il est archivé, rouvrez-le" in page.words


def test_the_list_is_searched_by_short_name_and_by_meaning_and_says_when_it_is_empty(boss):
    for typed in ("clsc", "services communautaires"):
        items = boss.get(f"/reference/acronyms?q={typed}").soup.select("ul.list > li b")
        assert [item.text for item in items] == ["CLSC"], typed
    assert "Aucun sigle trouvé" in boss.get("/reference/acronyms?q=zzz").words
    with unit():
        db.session.execute(delete(Acronym))
    assert "Aucun sigle ici" in boss.get("/reference/acronyms").words


def test_what_is_typed_is_shown_as_text(boss):
    page = boss.submit("/reference/acronyms/new", "form.form", follow=True, name="XSS", meaning=XSS)
    assert XSS in page.words and not page.soup.select("ul.list script")
