"""The pages of splits and of ideas side by side."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.ideas.models import Idea, Relation
from app.moderation.merges import service as merges
from tests.support.make import idea_page
from tests.support.world import ELSEWHERE, HERE

WHY = "Ce texte demande deux choses"
BODY = "Un marché public au centre-ville.\n\nUn autobus le samedi."
FIELDS = {"title": "Un autobus le samedi", "part": "Un autobus le samedi.", "reason": WHY}


@pytest.fixture
def idea(make):
    return make.idea(make.user("Ana Auteure"), HERE, title="Un marché public et un autobus", body=BODY)


def find_part(idea):
    db.session.rollback()
    return db.session.scalar(
        select(Idea).join(Relation, Relation.idea_id == Idea.id).where(Relation.other_id == idea.id)
    )


def test_the_team_draws_a_part_out_and_each_page_leads_to_the_other(idea, visitor, team):
    form_page = team.get(team.get(idea_page(idea)).soup.find("a", string="En tirer une deuxième")["href"])
    assert form_page.soup.select_one("textarea[name=part]").get_text().strip() == BODY
    page = team.submit(f"/ideas/{idea.id}/split", "form.form", follow=True, **FIELDS)
    part = find_part(idea)
    assert part.title == FIELDS["title"] and "au nom de la même personne" in page.words
    assert f'href="{idea_page(idea)}"' in str(visitor.get(idea_page(part)).soup.select_one("#kin"))
    assert f'href="{idea_page(part)}"' in str(visitor.get(idea_page(idea)).soup.select_one("#kin"))
    assert "Ana Auteure" in visitor.get(idea_page(part)).soup.select_one(".byline").get_text()
    assert idea_page(part) in visitor.get("/ideas").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "Court", "10"),
        ("title", "", "obligatoire"),
        ("title", "x" * 141, "140"),
        ("part", "", "obligatoire"),
        ("part", "Un traversier.", "Ces mots ne sont pas dans le texte d'origine"),
        ("part", BODY, "C'est tout le texte d'origine"),
        ("reason", "non", "5"),
        ("reason", "x" * 501, "500"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(fae, idea, sign_in, field, value, message):
    answer = sign_in(fae).submit(f"/ideas/{idea.id}/split", "form.form", **FIELDS | {field: value})
    assert answer.status_code == 422 and message in answer.soup.select_one(".error-summary").get_text().replace(
        "’", "'"
    )
    selector = {"title": "input[name=title]", "part": "textarea[name=part]", "reason": "textarea[name=reason]"}[field]
    box = answer.soup.select_one(selector)
    assert (box.get("value") if box.name == "input" else box.get_text().strip("\r\n")) == value
    assert find_part(idea) is None


def test_the_same_form_sent_twice_makes_one(idea, team):
    form_page = team.get(f"/ideas/{idea.id}/split")
    for _time in range(2):
        assert team.submit(form_page, "form.form", **FIELDS).status_code == 303
    db.session.rollback()
    assert len(db.session.scalars(select(Relation)).all()) == 1


def test_it_is_joined_back_and_both_stay_readable(make, fae, idea, visitor, team):
    part = merges.split(make.actor(fae), idea, title=FIELDS["title"], body=FIELDS["part"], reason=WHY)
    assert team.get(f"/ideas/{idea.id}/rejoining").status_code == 404
    form_page = team.get(team.get(idea_page(part)).soup.find("a", string="Réunir à son origine")["href"])
    assert idea.title in form_page.words
    page = team.submit(f"/ideas/{part.id}/rejoining", "form.form", reason="Une page suffit", follow=True)
    assert "rien n’est effacé" in page.words or "rien n'est effacé" in page.words
    answer = visitor.get(idea_page(part))
    assert answer.status_code == 200 and "jointe à une autre" in answer.words
    assert FIELDS["title"] in visitor.get(idea_page(idea)).soup.select_one("#kin").get_text()


def test_it_is_not_joined_back_where_its_origin_is_closed(make, fae, idea, team):
    part = merges.split(make.actor(fae), idea, title=FIELDS["title"], body=FIELDS["part"], reason=WHY)
    form_page = team.get(f"/ideas/{part.id}/rejoining")
    make.at(idea, status="archived")
    answer = team.submit(form_page, "form.form", reason="Une page suffit")
    assert answer.status_code == 422 and "ne reçoit plus d'appuis" in answer.words.replace("’", "'")


# Side by side.


def test_two_ideas_are_put_side_by_side_and_taken_apart(make, fae, idea, sign_in, visitor):
    other, browser = make.idea(community=ELSEWHERE, title="Un autobus jusqu'au marché"), sign_in(fae)
    choice = browser.get(browser.get(idea_page(idea)).soup.find("a", string="Lier à une autre")["href"])
    assert [box["value"] for box in choice.soup.select("input[name=other]")] == [str(other.id)]
    page = browser.submit(f"/ideas/{idea.id}/relations", "form.form[method=post]", other=str(other.id), follow=True)
    assert "mène maintenant à l" in page.words
    for one, near in ((idea, other), (other, idea)):
        assert f'href="{idea_page(near)}"' in str(visitor.get(idea_page(one)).soup.select_one("#kin"))
    again = browser.get(f"/ideas/{idea.id}/relations")
    assert not again.soup.select("input[name=other][type=radio]") and "Déjà liées" in again.words
    page = browser.submit(f"/ideas/{idea.id}/relations", "form[action$=removal]", follow=True)
    assert "retiré des deux pages" in page.words and not visitor.get(idea_page(idea)).soup.select_one("#kin")


def test_a_search_finds_any_public_idea(make, fae, idea, sign_in):
    other, browser = make.idea(community=ELSEWHERE, title="Des jardins sur les toits", status="archived"), sign_in(fae)
    found = browser.get(f"/ideas/{idea.id}/relations?q=jardins")
    assert [box["value"] for box in found.soup.select("input[name=other]")] == [str(other.id)]
    again = browser.submit(found, "form[action*=jardins]")
    assert again.status_code == 422 and again.soup.select_one("input[name=other]")["value"] == str(other.id)
    assert "Rien de tel" in browser.get(f"/ideas/{idea.id}/relations?q=patinoire").words
    assert "Rien qui y ressemble" in browser.get(f"/ideas/{other.id}/relations").words


@pytest.mark.parametrize("other", ["", "999", "abc", "99999999999"])
def test_a_choice_that_is_none_is_asked_again(fae, idea, sign_in, other):
    answer = sign_in(fae).forge(f"/ideas/{idea.id}/relations", other=other)
    assert answer.status_code == 422 and "Choisissez une contribution de la liste" in answer.words
    assert sign_in(fae).forge(f"/ideas/{idea.id}/relations/removal", other=other).status_code == 404


def test_the_charge_of_one_is_needed(make, idea, sign_in, ned):
    other, there, browser = make.idea(community=HERE), make.idea(community=ELSEWHERE), sign_in(ned)
    page = f"/ideas/{idea.id}/relations?q="
    answer = browser.submit(f"{page}{other.id}", "form.form[method=post]", other=other.id)
    assert answer.status_code == 422 and "avoir la charge de l" in answer.words
    assert browser.submit(f"{page}{there.id}", "form.form[method=post]", other=there.id).status_code == 303
