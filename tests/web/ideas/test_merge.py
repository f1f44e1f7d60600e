"""The pages of merges: choose, see what will happen, do it; what the public reads of it; parting."""

import pytest

from app.accounts.models.people import User
from app.core import clock
from app.core.db import db
from app.moderation.merges import service as merges
from tests.support.make import idea_page
from tests.support.queries import MEMBER, PUBLIC, cost, costs_alike
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

WHY = "Les deux demandent un marché public"


@pytest.fixture
def pair(make):
    idea = make.idea(make.user("Ana Auteure"), HERE, title="Un marché public au centre-ville", votes=3)
    return idea, make.idea(make.user("Béa Bâtit"), HERE, title="Un marché public couvert", votes=1)


@pytest.fixture
def merged_pair(make, fae, pair):
    merges.merge(make.actor(fae), *pair, reason=WHY)
    return pair


def plain(answer):
    return answer.words.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def offered_ids(answer):
    return [int(box["value"]) for box in answer.soup.select("input[name=into], input[name=other][type=radio]")]


def test_the_team_joins_two_ideas_step_by_step_without_javascript(pair, team):
    idea, into = pair
    start = team.get(idea_page(idea))
    choice = team.get(start.soup.find("a", string="Joindre à une autre")["href"])
    assert offered_ids(choice) == [into.id] and "Contributions qui se ressemblent" in choice.words
    check = team.get(f"/ideas/{idea.id}/merge?into={into.id}")
    for text in ("Rien n'a encore changé", "3 appuis seront comptés aussi sur l'autre", "Vous pourrez les séparer"):
        assert text in plain(check)
    page = team.submit(f"/ideas/{idea.id}/merge?into={into.id}", "form.form", reason=WHY, follow=True)
    assert "Les deux contributions sont jointes" in page.words and again(idea).merged_into == into.id


@pytest.mark.both_engines
def test_the_search_finds_by_words_by_number_and_by_address(make, fae, pair, sign_in):
    idea, into = pair
    far, browser = make.idea(community=HERE, title="Des jardins sur les toits"), sign_in(fae)
    address = f"https://ailleurs.example{idea_page(far)}"
    for q, found in (
        ("jardin toit", [far.id]),
        (str(far.id), [far.id]),
        (address, [far.id]),
        (f"#{into.id}", [into.id]),
        ("marché couvert", [into.id]),
        ("!!!", []),
        ("patinoire", []),
        (str(idea.id), []),
    ):
        assert offered_ids(browser.get(f"/ideas/{idea.id}/merge", query_string={"q": q})) == found, q
    assert "Rien de tel dans vos communautés" in browser.get(f"/ideas/{idea.id}/merge?q=patinoire").words


def test_an_idea_like_no_other_offers_a_search(make, fae, sign_in):
    for title in ("Des jardins sur les toits", "Oui à eau"):
        answer = sign_in(fae).get(f"/ideas/{make.idea(community=HERE, title=title).id}/merge")
        assert offered_ids(answer) == [] and "Rien qui y ressemble" in answer.words


def test_what_can_not_receive_it_is_not_offered_and_says_why(make, pair, team):
    idea, _into = pair
    archived_idea = make.idea(community=HERE, status="archived", title="Un marché public fermé")
    elsewhere = make.idea(community=ELSEWHERE, title="Un marché public ailleurs")
    hidden_idea = make.idea(community=ELSEWHERE, title="Caché", hidden_at=clock.now(), hidden_reason="hors sujet")
    for other, text in (
        (archived_idea, "ne reçoit plus d'appuis"),
        (elsewhere, "dont vous n'avez pas la charge"),
        (idea, "C'est la contribution elle-même"),
        (hidden_idea, "n'existe pas, ou n'est plus lisible"),
    ):
        answer = team.get(f"/ideas/{idea.id}/merge?into={other.id}")
        assert text in plain(answer) and other.id not in offered_ids(answer)
        refusal = team.forge(f"/ideas/{idea.id}/merge", into=other.id, reason=WHY)
        assert refusal.status_code == 422 and "Caché" not in refusal.words
    assert not again(idea).is_merged


@pytest.mark.parametrize("into", ["", "abc", "0", "99999999999", "4294967296", "12 ; 13"])
def test_a_choice_that_is_none_is_asked_again(fae, pair, sign_in, into):
    answer = sign_in(fae).forge(f"/ideas/{pair[0].id}/merge", into=into, reason=WHY)
    assert answer.status_code == 422 and "Choisissez une contribution de la liste" in answer.words


@pytest.mark.parametrize("reason", ["", "non", "x" * 501, "\u200b" * 12])
def test_a_reason_is_needed_and_what_was_typed_comes_back(fae, pair, sign_in, reason):
    idea, into = pair
    answer = sign_in(fae).submit(f"/ideas/{idea.id}/merge?into={into.id}", "form.form", reason=reason)
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    assert answer.soup.select_one("input[name=into]")["value"] == str(into.id) and not again(idea).is_merged


def test_what_holds_others_says_what_to_do_first(make, fae, merged_pair, sign_in):
    _idea, into = merged_pair
    third, browser = make.idea(community=HERE), sign_in(fae)
    assert "Joignez plutôt l'autre à celle-ci" in plain(browser.get(f"/ideas/{into.id}/merge"))
    answer = browser.forge(f"/ideas/{into.id}/merge", into=third.id, reason=WHY)
    assert answer.status_code == 422 and "Joignez plutôt l'autre à celle-ci" in plain(answer)


# What everybody reads.


def test_the_page_of_what_was_joined_says_where_it_went_and_closes(merged_pair, visitor, sign_in, make):
    idea, into = merged_pair
    answer = visitor.get(idea_page(idea))
    assert (
        answer.status_code == 200
        and "Cette contribution est jointe à une autre" in answer.words
        and WHY in answer.words
    )
    assert answer.soup.select_one(".notice a")["href"] == idea_page(into)
    assert answer.soup.select_one("link[rel=canonical]")["href"].endswith(idea_page(into))
    assert answer.soup.select_one("meta[name=robots]")["content"] == "noindex"
    member = sign_in(make.user())
    page = member.get(idea_page(idea))
    assert "On appuie maintenant la contribution à laquelle celle-ci est jointe" in plain(page)
    assert not page.soup.select_one("#comment-form") and not page.soup.select_one("#support form")
    assert member.forge(f"/ideas/{idea.id}/vote").status_code == 404
    assert member.forge(f"/ideas/{idea.id}/comments", body="Encore un mot").status_code in (403, 422)


def test_its_author_may_not_edit_it_meanwhile(merged_pair, sign_in):
    idea, _into = merged_pair
    browser = sign_in(db.session.get_one(User, idea.author_id))
    assert browser.get(f"/ideas/{idea.id}/edit").status_code == 404
    assert "Modifier" not in browser.get(idea_page(idea)).soup.select_one(".idea-acts").get_text()


def test_lists_search_counts_and_the_map_of_the_site_leave_it_out(merged_pair, visitor):
    idea, into = merged_pair
    for path in ("/", "/ideas", "/ideas?q=marche", "/sitemap.xml", f"/communities/{HERE}", f"/ideas?community={HERE}"):
        text = visitor.get(path).get_data(as_text=True)
        assert idea_page(into) in text and idea_page(idea) not in text, path
    assert "1 idée" in plain(visitor.get("/ideas"))


def test_the_other_page_shows_what_was_joined_its_supports_apart_and_its_talk_by_origin(make, merged_pair, visitor):
    idea, into = merged_pair
    for n in range(5):
        make.comment(idea, make.user("Ida Dit"), f"Le mot {n} d'avant.")
    make.comment(idea, body="Un mot masqué.", hidden_at=clock.now(), hidden_reason="hors sujet")
    make.comment(into, body="Un mot d'ici.")
    answer = visitor.get(idea_page(into))
    assert "4 appuis" in answer.words and "dont 3 hérités de contributions jointes" in answer.words
    assert idea.title in answer.soup.select_one("#kin").get_text() and WHY in answer.soup.select_one("#kin").get_text()
    origin = answer.soup.select_one(".origin")
    assert f"Sous « {idea.title} »" in plain(answer)
    assert [f"Le mot {n} d'avant." in origin.get_text() for n in range(5)] == [True, True, True, False, False]
    link = origin.find("a", string=lambda text: text and "5 commentaires" in text)
    assert link["href"] == f"{idea_page(idea)}#comments"
    assert (
        answer.soup.select_one("#comments-title").get_text() == "1 commentaire" and "Un mot masqué" not in answer.words
    )
    assert not origin.select("form")


def test_when_the_other_is_hidden_nothing_of_it_leaks(make, merged_pair, visitor):
    idea, into = merged_pair
    make.at(into, hidden_at=clock.now(), hidden_reason="hors sujet")
    answer = visitor.get(idea_page(idea))
    assert "jointe à une autre, qui n'est pas publique en ce moment" in plain(answer)
    assert into.title not in answer.get_data(as_text=True)
    assert answer.soup.select_one("link[rel=canonical]")["href"].endswith(idea_page(idea))


def test_what_was_joined_and_hidden_since_is_not_named_on_the_other_page(make, merged_pair, visitor):
    idea, into = merged_pair
    make.comment(idea, body="Un mot d'avant.")
    make.at(idea, hidden_at=clock.now(), hidden_reason="hors sujet")
    answer = visitor.get(idea_page(into))
    assert idea.title not in answer.get_data(as_text=True) and "Un mot d'avant." not in answer.words


def test_the_page_costs_no_more_for_many_joined_ideas(make, fae, pair, visitor, sign_in):
    actor, into = make.actor(fae), pair[1]

    def fill(times):
        for _n in range(times):
            source = make.idea(community=HERE, votes=1)
            make.comment(source)
            merges.merge(actor, source, into, reason=WHY)
            merges.relate(actor, make.idea(community=HERE), into)

    costs_alike(fill, (visitor, idea_page(into)), (sign_in(make.user()), idea_page(into)), most=MEMBER + 1)
    assert cost(visitor, idea_page(into)) <= PUBLIC


# Whose support came.


def test_an_inherited_support_is_withdrawn_or_made_ones_own_in_one_press(make, fae, pair, sign_in):
    idea, into = pair
    first, second = make.user(), make.user()
    for user in (first, second):
        make.vote(user, idea)
    merges.merge(make.actor(fae), idea, into, reason=WHY)
    browser = sign_in(first)
    assert "Votre appui vient d'une contribution jointe à celle-ci" in plain(browser.get(idea_page(into)))
    page = browser.submit(idea_page(into), "#support form[action$=withdrawal]", follow=True)
    assert "Votre appui est retiré" in page.words and "dont 4 hérités" in page.words
    browser = sign_in(second)
    page = browser.submit(idea_page(into), "#support form[action$=vote]", is_named="y", htmx=True)
    assert "Vous appuyez cette idée" in page.words and "dont 3 hérités" in page.words
    assert "Ne plus afficher mon nom" in page.words


# Parting.


def test_the_team_parts_them_and_everything_is_as_before(merged_pair, team):
    idea, into = merged_pair
    start = team.get(idea_page(idea))
    form_page = team.get(start.soup.find("a", string="Séparer de nouveau")["href"])
    assert into.title in form_page.words and "Séparer de nouveau" in form_page.words
    assert team.submit(form_page, "form.form", reason="non").status_code == 422
    page = team.submit(f"/ideas/{idea.id}/parting", "form.form", reason="Ce sont deux projets", follow=True)
    assert "tout est comme avant" in page.words and page.soup.select_one("#support").get_text().count("3 appuis") == 1
    assert team.get(f"/ideas/{idea.id}/parting").status_code == 404
    assert "hérité" not in team.get(idea_page(into)).words
