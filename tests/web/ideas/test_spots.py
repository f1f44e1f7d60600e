"""A place in words: typed, read, found, weighed by the team, exported; an exact address is asked about once."""

from typing import Any

import pytest

from app.accounts import service
from app.accounts.models.changes import HeldRevision
from app.core.actor import ANYONE
from app.ideas.models import Idea, Revision
from app.results import similar
from app.results.similar import SimilarityQuery
from tests.support import tables
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.rows import again, count, every, last
from tests.web.ideas.test_export import read
from tests.web.ideas.test_write import GOOD, autosave

HERE = "securite-alimentaire"
SPOT, ADDRESS = "Derrière l'aréna, près de la passerelle", "12, rue Principale"
ASKED = "Une adresse exacte peut désigner quelqu'un."


def read_places(page: Any) -> dict[str, str]:
    """Return what the page of an idea says of where it is placed."""
    return {
        part.dt.get_text(strip=True): " ".join(part.dd.get_text(" ").split())
        for part in page.soup.select(".places div")
    }


def ask_of(page: Any) -> str:
    """Return what is said beside the field of the place."""
    found = page.soup.select_one("#spot-error")
    return found.get_text().replace("’", "'") if found else ""


def publish(browser: Browser, page: Any, **fields: Any) -> Any:
    return browser.submit(page, "main form.form", button="publish", **fields)


def test_a_place_is_read_on_the_page_and_found(writer: Any, visitor: Browser) -> None:
    publish(writer, "/ideas/new", **GOOD, community=writer.room, spot=f"  {SPOT} <b>en bas</b> ")
    idea = last(Idea)
    assert idea.spot == last(Revision).spot == f"{SPOT} <b>en bas</b>"
    page = visitor.get(idea_page(idea))
    assert read_places(page)["Lieu"].replace("’", "'") == idea.spot and not page.soup.select(".places b")
    found = visitor.get("/search?q=passerelle")
    assert found.soup.select_one(".find mark").get_text() == "passerelle" and GOOD["title"] in found.words
    assert GOOD["title"] in visitor.get("/ideas?q=passerelle").words


def test_a_preview_shows_it_and_asks_nothing(writer: Any) -> None:
    page = writer.submit("/ideas/new", "main form", **GOOD, community=writer.room, spot=ADDRESS, button="preview")
    assert page.status_code == 200 and ADDRESS in page.soup.select_one(".preview .places").get_text()
    assert not ask_of(page) and page.soup.select_one("#spot")["value"] == ADDRESS
    assert ask_of(publish(writer, page))


def test_a_place_that_is_too_long_is_refused_beside_it_in_a_draft_too(writer: Any) -> None:
    fields = GOOD | {"community": writer.room, "spot": "x" * 121}
    for button in ("publish", "save"):
        page = writer.submit("/ideas/new", "main form", button=button, **fields)
        assert page.status_code == 422 and "120" in ask_of(page), button
        assert page.soup.select_one("details.more").has_attr("open"), button
    assert autosave(writer, writer.get("/ideas/new"), **fields).status_code == 422 and count(Idea) == 0


def test_an_address_is_asked_about_once_and_kept_if_it_is_sent_again(writer: Any) -> None:
    page = publish(writer, "/ideas/new", **GOOD, community=writer.room, spot=ADDRESS)
    assert page.status_code == 422 and count(Idea) == 0 and ASKED in ask_of(page)
    assert page.soup.select_one(".error-summary a[href='#spot']") and page.soup.select_one("#spot")["value"] == ADDRESS
    assert page.soup.select_one("#spot").find_parent("details").has_attr("open")
    other = publish(writer, page, spot="J6T 1A1")
    assert other.status_code == 422 and ASKED in ask_of(other)
    assert publish(writer, other).status_code == 303 and last(Idea).spot == "J6T 1A1"


def test_a_landmark_in_the_place_of_an_address_is_asked_nothing(writer: Any) -> None:
    page = publish(writer, "/ideas/new", **GOOD, community=writer.room, spot=ADDRESS)
    assert publish(writer, page, spot=SPOT).status_code == 303 and last(Idea).spot == SPOT


def test_a_draft_keeps_an_address_and_its_publication_asks(writer: Any) -> None:
    page = writer.get("/ideas/new")
    assert autosave(writer, page, **GOOD, community=writer.room, spot=ADDRESS).status_code == 200
    draft = last(Idea)
    assert draft.is_draft and draft.spot == ADDRESS
    assert writer.submit(f"/ideas/{draft.id}/edit", "main form", button="save").status_code == 303
    page = writer.submit(idea_page(draft), "form[action$='/publication']")
    assert page.status_code == 422 and ASKED in ask_of(page)
    assert publish(writer, page).status_code == 303 and last(Idea).status == "published"


def test_the_form_sent_back_changes_no_row_and_asks_nothing(make: Make, sign_in: Any, author: Any) -> None:
    idea = make.idea(author=author, spot=ADDRESS)
    browser = sign_in(author)
    page = browser.get(f"/ideas/{idea.id}/edit")
    assert page.soup.select_one("#spot")["value"] == ADDRESS
    before = tables.photo()
    answer = browser.submit(page, "main form.form", button="publish", follow=True)
    assert "Rien n’a changé." in answer.words
    assert not tables.changed_tables(before, tables.photo()) & {"ideas", "revisions", "held_revisions"}


def test_another_place_is_another_version_with_what_changed(
    make: Make, sign_in: Any, author: Any, visitor: Browser
) -> None:
    idea = make.idea(author=author, body="Un texte.", spot=SPOT)
    browser = sign_in(author)
    assert publish(browser, f"/ideas/{idea.id}/edit", spot="Au parc", summary="Le parc").status_code == 303
    assert [(row.number, row.spot) for row in every(Revision)] == [(1, SPOT), (2, "Au parc")]
    page = visitor.get(f"/ideas/{idea.id}/revisions/2")
    assert [one.get_text() for one in page.soup.select(".diff del, .diff ins")] and "Au parc" in page.words
    assert SPOT in visitor.get(f"/ideas/{idea.id}/revisions/1").words.replace("’", "'")
    assert idea.title not in visitor.get("/search?q=passerelle").words
    publish(browser, f"/ideas/{idea.id}/edit", spot="")
    assert "Lieu" not in read_places(visitor.get(idea_page(idea))) and count(Revision) == 3


def test_two_tabs_that_say_two_places_are_asked_which_stays(make: Make, sign_in: Any, author: Any) -> None:
    idea, browser = make.idea(author=author), sign_in(author)
    first, second = (browser.get(f"/ideas/{idea.id}/edit") for _tab in range(2))
    publish(browser, first, spot="Au parc")
    page = publish(browser, second, spot="Au pont")
    assert page.status_code == 409 and page.soup.select_one("#keep-spot") and again(idea).spot == "Au parc"
    assert publish(browser, page, **{"keep-spot": "yours"}).status_code == 303 and again(idea).spot == "Au pont"


def test_a_team_reads_the_place_of_what_waits(make: Make, newcomer: Any, sign_in: Any, team: Browser) -> None:
    page = publish(sign_in(newcomer), "/ideas/new", **GOOD, community=str(make.room(HERE).id), spot=SPOT)
    idea = last(Idea)
    assert page.status_code == 303 and idea.status == "pending"
    assert SPOT in team.get("/moderation").words.replace("’", "'")
    for path in (f"/ideas/{idea.id}/refusal", idea_page(idea), f"/ideas/{idea.id}/hiding"):
        assert SPOT in team.get(path).words.replace("’", "'"), path


def test_a_new_place_of_a_new_account_waits_and_then_appears(
    make: Make, newcomer: Any, sign_in: Any, team: Browser, visitor: Browser
) -> None:
    idea = make.idea(newcomer, HERE, spot="Au parc")
    publish(sign_in(newcomer), f"/ideas/{idea.id}/edit", spot=ADDRESS)
    page = publish(sign_in(newcomer), f"/ideas/{idea.id}/edit", spot=SPOT)
    assert page.status_code == 303 and again(idea).spot == "Au parc"
    desk = team.get("/moderation?queue=changes")
    assert "Lieu" in desk.words and "passerelle" in " ".join(one.get_text() for one in desk.soup.select(".diff ins"))
    assert sign_in(newcomer).get(f"/ideas/{idea.id}/edit").soup.select_one("#spot")["value"] == SPOT
    team.submit(desk, f'form[action="/held-revisions/{last(HeldRevision).id}/admission"]')
    assert again(idea).spot == SPOT and idea.title in visitor.get("/search?q=passerelle").words


def test_links_in_it_count_for_a_new_account(make: Make, newcomer: Any, sign_in: Any) -> None:
    spot = "https://a.test https://b.test https://c.test https://d.test"
    page = publish(sign_in(newcomer), "/ideas/new", **GOOD, community=str(make.room(HERE).id), spot=spot)
    assert page.status_code == 422 and "liens" in page.words and count(Idea) == 0


def test_a_change_that_waited_from_before_places_has_none(
    make: Make, newcomer: Any, sign_in: Any, team: Browser
) -> None:
    idea = make.idea(newcomer, HERE, body="Un texte.")
    words = {
        "title": idea.title,
        "body": "Tout à fait autre chose",
        "kind": "need",
        "lang": "fr",
        "community_id": idea.community_id,
        "communities": [],
        "issues": [],
        "territories": [],
        "tags": [],
        "summary": "",
    }
    held = make.add(HeldRevision(idea_id=idea.id, by_id=newcomer.id, state="open", words=words, suspect="new words"))
    assert sign_in(newcomer).get(f"/ideas/{idea.id}/edit").soup.select_one("#spot")["value"] == ""
    desk = team.get("/moderation?queue=changes")
    team.submit(desk, f'form[action="/held-revisions/{held.id}/admission"]')
    assert (again(idea).body, again(idea).spot) == ("Tout à fait autre chose", "")


def test_it_is_a_column_of_the_files_of_a_list(make: Make, team: Browser) -> None:
    make.idea(title="Une passerelle", spot=f"={SPOT}")
    head, row = read(team.get("/ideas.csv"))
    cell = dict(zip(head, row, strict=True))["Lieu"]
    assert cell.endswith(SPOT) and not cell.startswith("=")


def test_a_part_that_is_drawn_out_is_at_the_same_place(make: Make, team: Browser, visitor: Browser) -> None:
    idea = make.idea(community=HERE, body="Un marché public.\n\nUn autobus le samedi.", spot=SPOT)
    fields = {"title": "Un autobus le samedi", "part": "Un autobus le samedi.", "reason": "Deux demandes"}
    team.submit(f"/ideas/{idea.id}/split", "form.form", **fields)
    part = last(Idea)
    assert part.id != idea.id and part.spot == last(Revision).spot == SPOT and part.revisions_count == 1
    assert "Lieu" in read_places(visitor.get(idea_page(part)))


@pytest.mark.one_engine
def test_a_place_brings_nearer_what_names_it(make: Make) -> None:
    near, far = (make.idea(title="Un abri pour l'autobus", spot=spot) for spot in ("Près de la passerelle", ""))
    found = similar.list_similar(ANYONE, SimilarityQuery("Un abri pour l'autobus à la passerelle"), is_wide=True)
    assert [one.id for one in found] == [near.id, far.id]


def test_who_leaves_before_it_appeared_leaves_no_place(make: Make, newcomer: Any, sign_in: Any) -> None:
    idea = make.idea(newcomer, HERE, "pending", suspect="first", spot=SPOT)
    assert SPOT in sign_in(newcomer).get(idea_page(idea)).words.replace("’", "'")
    service.close(make.actor(newcomer), newcomer)
    assert (again(idea).spot, again(idea).search_text) == ("", "")
