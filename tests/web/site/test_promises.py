"""Each promise of the texts of the site is shown true by a test, and no line of them escapes."""

import re
from collections import Counter
from pathlib import Path

import pytest

from app import HOUSE
from app.communities import queries as communities
from tests.support.accounts import enter, register
from tests.support.make import idea_page
from tests.web.site.promises import OF_PEOPLE, PROVEN

PLAIN = re.compile("[\u00a0\u202f]")


def lines(name: str) -> list[str]:
    text = PLAIN.sub(" ", (HOUSE / f"templates/site/_content/{name}.fr.md").read_text(encoding="utf-8"))
    return [line for line in text.splitlines() if line.strip("|- ") and not line.startswith(("version:", "#"))]


@pytest.mark.parametrize("name", PROVEN)
def test_each_line_holds_a_promise_that_is_proven_or_binds_people(name):
    known = (*PROVEN[name], *OF_PEOPLE[name])
    assert [line for line in lines(name) if not any(part in line for part in known)] == []


@pytest.mark.parametrize("name", PROVEN)
def test_each_promise_stands_on_one_line_of_the_page_and_its_proof_exists(name):
    """Words that two lines have would let one of them pass under the proof of the other."""
    text = Counter(part for part in (*PROVEN[name], *OF_PEOPLE[name]) for line in lines(name) if part in line)
    assert [part for part in (*PROVEN[name], *OF_PEOPLE[name]) if text[part] != 1] == []
    assert [proof for proof in PROVEN[name].values() if not _exists(proof)] == []


def _exists(proof: str) -> bool:
    file, _, test = proof.partition("::")
    path = Path(HOUSE / "tests" / file)
    return path.is_file() and f"def {test}(" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PROVEN)
def test_both_languages_have_the_same_lines(name):
    english = (HOUSE / f"templates/site/_content/{name}.en.md").read_text(encoding="utf-8").splitlines()
    french = (HOUSE / f"templates/site/_content/{name}.fr.md").read_text(encoding="utf-8").splitlines()
    assert [line[:1] for line in french if not line[:1].isalpha()] == [
        line[:1] for line in english if not line[:1].isalpha()
    ]
    assert len(french) == len(english)


def test_about_names_the_communities_that_are_open_to_all(visitor, make):
    make.community(name="Un cercle fermé", is_private=True)
    page, english = visitor.get("/about"), visitor.get("/about?lang=en")
    for room in communities.get_rooms().current:
        assert (room.name in page.words) is not room.is_private
        assert room.is_private or room.name_en in english.words


def test_a_decision_is_shown_with_its_reason_its_day_and_who_took_it(make, sign_in, visitor):
    idea = make.idea(status="under_review")
    team = sign_in(make.user(name="Coralie", role="coordinator"))
    team.submit(f"/ideas/{idea.id}/status", "main form", status="declined", reason="La MRC le fait déjà à Delson.")
    page = visitor.get(idea_page(idea)).soup
    step = page.select_one(".timeline li")
    assert "par Coralie" in step.text and step.time["datetime"]
    assert "La MRC le fait déjà à Delson." in page.select_one(step.a["href"]).text


def test_an_idea_in_the_plan_says_so(make, visitor):
    assert (
        "Inscription au plan d’action"
        in visitor.get(idea_page(make.idea(status="planned"))).soup.select_one(".timeline").text
    )


@pytest.mark.parametrize("role", ["member", "coordinator", "admin"])
def test_nobody_edits_the_words_of_another(make, sign_in, role):
    idea, author = make.idea(title="Un banc au soleil"), make.user()
    own = make.idea(author, title="Le mien")
    browser = sign_in(make.user(role=role))
    page = browser.get(idea_page(idea))
    assert not page.soup.select(f"main a[href='/ideas/{idea.id}/edit']")
    assert browser.get(f"/ideas/{idea.id}/edit").status_code == 404
    assert sign_in(author).get(f"/ideas/{own.id}/edit").status_code == 200


def test_a_browser_gets_three_cookies_at_most_and_one_more_that_only_a_sign_in_sees(make, visitor, new_browser):
    member = new_browser()
    enter(member, make.user().email)
    register(visitor)
    for browser, more in ((visitor, set()), (member, {("known", "/login"), ("known", "/forgot")})):
        for path in ("/?lang=en", "/?theme=dark", "/account", "/ideas/new"):
            browser.get(path)
        browser.submit("/", "header form[action='/language']")
        browser.submit("/", "footer form", button="dark")
        assert {(name, path) for _domain, path, name in browser._cookies} == {
            ("session", "/"),
            ("lang", "/"),
            ("theme", "/"),
        } | more
