"""The pages of communities: what each reader sees there and may do."""

import pytest

from app.communities import service
from app.communities.actors import actor_for
from app.reference.entries import RESERVED, EntryWords

FOOD = "securite-alimentaire"
PAGE = f"/communities/{FOOD}"


def test_the_page_of_communities_shows_each_with_its_counts(visitor, make):
    make.idea(community=FOOD)
    make.idea(community=FOOD, status="draft")
    for _number in range(5):
        make.actor(member_of=[FOOD])
    page = visitor.get("/communities")
    [card] = [card for card in page.soup.select(".is-card") if card.a["href"] == PAGE]
    assert page.status_code == 200 and len(page.soup.select(".is-card .scene")) == 5
    assert "1 contribution" in card.text and "5 membres" in card.text


def test_a_community_shows_what_it_is_who_animates_it_and_its_latest(visitor, make):
    make.facilitator(make.user("Josiane Bouleau"), FOOD)
    make.idea(community=FOOD, title="Un frigo à Ormstown")
    make.idea(community=FOOD, title="Un brouillon secret", status="draft")
    make.update(community=FOOD, title="Le point du printemps")
    page = visitor.get(PAGE)
    assert page.soup.h1.text == "Sécurité alimentaire"
    for words in ("Josiane Bouleau", "Un frigo à Ormstown", "Le point du printemps", "Manger à sa faim"):
        assert words in page.words
    assert "Un brouillon secret" not in page.words
    assert page.soup.select_one("a[href='/ideas?community=securite-alimentaire']")


def test_an_empty_community_offers_the_first_step(visitor):
    page = visitor.get(PAGE)
    assert page.soup.select_one(".empty a")["href"] == f"/ideas/new?community={FOOD}"
    assert "coordination répond" in page.words


def test_the_description_falls_back_on_french_and_says_so(visitor, make):
    room = make.community(slug="culture", name="Culture", description="Des **mots**.")
    page = visitor.get(f"/communities/{room.slug}?lang=en")
    prose = page.soup.select_one(".prose")
    assert prose["lang"] == "fr" and str(prose.strong) == "<strong>mots</strong>"
    assert "lang" not in visitor.get(f"{PAGE}?lang=en").soup.select_one(".prose").attrs


def test_an_old_address_redirects_for_ever(visitor, make):
    service.edit(make.actor(role="coordinator"), make.room(FOOD), EntryWords("Nourrir"), colour="food", slug="nourrir")
    answer = visitor.get(PAGE)
    assert (answer.status_code, answer.location) == (301, "/communities/nourrir")
    assert visitor.get(f"/ideas?community={FOOD}").status_code == 200


def test_a_member_joins_and_leaves(make, sign_in):
    user = make.user()
    browser = sign_in(user)
    page = browser.submit(PAGE, f"form[action='{PAGE}/membership']", follow=True)
    assert "Bienvenue" in page.words and "Vous en êtes membre" in page.words
    page = browser.submit(page, f"form[action='{PAGE}/membership/withdrawal']", follow=True)
    assert "quitté" in page.words and "Vous en êtes membre" not in page.words
    assert not actor_for(user).memberships


def test_a_visitor_is_asked_to_sign_in_and_gets_no_cookie(visitor):
    page = visitor.get(PAGE)
    assert page.soup.select_one(f"a[href='/login?next={PAGE}']")
    assert "Set-Cookie" not in page.headers


def test_acts_are_shown_to_those_who_have_them(make, sign_in):
    def acts(user):
        return {a.text.replace("’", "'") for a in sign_in(user).get(PAGE).soup.select(".banner .acts a")}

    here, elsewhere = make.user(facilitates=[FOOD]), make.user(facilitates=["transport-collectif"])
    assert acts(make.user()) == acts(elsewhere) == {"Proposer une idée"}
    assert acts(here) == {
        "Proposer une idée",
        "Publier des travaux",
        "Répondre à plusieurs idées",
        "Bureau d'animation",
        "Membres",
    }
    assert acts(make.user(role="coordinator")) == {
        "Proposer une idée",
        "Publier des travaux",
        "Répondre à plusieurs idées",
        "Bureau d'animation",
        "Modifier",
        "Équipe d'animation",
        "Membres",
    }
    assert acts(make.user(role="admin")) == {"Proposer une idée", "Équipe d'animation"}


def test_what_the_team_does_stands_apart_from_what_everybody_does(make, sign_in, fae):
    page = sign_in(fae).get(PAGE).soup
    assert {a.get_text() for a in page.select(".banner .acts a:not(.team-acts a)")} == {"Proposer une idée"}
    assert page.select_one(".team-acts h2") and len(page.select(".team-acts a")) == 4
    assert sign_in(make.user()).get(PAGE).soup.select_one(".team-acts") is None


@pytest.mark.parametrize(
    ("description", "excerpt"),
    [
        ("Une phrase. " + "mot " * 60 + ".", "Une phrase."),
        ("mot " * 60, "mot " * 44 + "mot…"),
        ("Tout est **là**", "Tout est là"),
    ],
)
def test_a_card_ends_with_a_sentence_when_one_fits(visitor, make, description, excerpt):
    make.community(slug="culture", name="Culture", description=description)
    [card] = [card for card in visitor.get("/communities").soup.select(".is-card") if card.h2.text == "Culture"]
    assert card.p.text == excerpt


def test_no_page_of_the_site_stands_where_the_address_of_a_community_would(app):
    """`/moderation/cases` would hide the desk of a community whose address is `cases`."""
    places = [
        rule.rule.split("/")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/communities/", "/moderation/"))
    ]
    assert {place[2] for place in places if not place[2].startswith("<")} <= RESERVED
