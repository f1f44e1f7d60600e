"""The name of a community or an issue finds what is filed under it, as the law lets each person read."""

from app.communities import actors
from app.communities import queries as rooms
from app.communities import service as communities
from app.communities.models import Membership
from app.core.actor import ANYONE, Actor
from app.moderation.moves.service import moves
from app.reference import queries as reference
from app.reference import service
from app.reference.entries import EntryWords
from app.reference.models import Issue
from app.results import jobs, queries
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of

FOOD, TRANSIT = "securite-alimentaire", "transport-collectif"


def found_by(actor: Actor, typed: str, kind: str = "idea") -> set[int]:
    results = queries.get_results(actor, queries.parse_query(typed, actor), kinds=(kind,), size=100)
    return {result.thing.id for result in results.items}


def test_the_name_of_a_community_finds_what_it_leads_and_what_stands_beside_it(make: Make) -> None:
    led, beside = make.idea(title="Une serre", community=TRANSIT), make.idea(title="Un rack", communities=[TRANSIT])
    elsewhere = make.idea(title="Un four", community=FOOD)
    said = make.update(title="Une tournée", community=TRANSIT)
    action = MakePlan(make).action("Baliser", community=FOOD, communities=[TRANSIT])
    for typed in ("Transport collectif", "transports collectifs", "Public and shared transportation"):
        assert found_by(ANYONE, typed) == {led.id, beside.id}, typed
    both = queries.get_results(ANYONE, queries.parse_query("serre transport collectif"), kinds=("idea",)).items
    assert [result.thing.id for result in both if not result.missing] == [led.id]
    assert found_by(ANYONE, "transport collectif", "update") == {said.id}
    assert found_by(ANYONE, "transport collectif", "action") == {action.id}
    shown = queries.get_results(ANYONE, queries.parse_query("transport collectif"), kinds=("idea",)).items
    assert {name for result in shown for name in result.names} == {"Transport collectif"}
    assert elsewhere.id not in found_by(ANYONE, "transport collectif")


def test_an_action_is_found_by_its_number(make: Make) -> None:
    plans = MakePlan(make)
    first, second = plans.actions(plans.plan(action_of("Baliser"), action_of("Semer 1 arbre")))
    assert (first.code, second.code) == ("1.1.1", "1.1.2")
    assert found_by(ANYONE, "1.1.1", "action") == {first.id} and found_by(ANYONE, "1.1.2", "action") == {second.id}
    assert found_by(ANYONE, "action 1.1.1", "action") >= {first.id}
    found = queries.get_results(ANYONE, queries.parse_query("action 1.1.1 3.3.3")).items
    assert (found[0].thing.id, list(found[0].missing)) == (first.id, ["3.3.3"]), "said as it was typed"


def test_a_move_and_a_rename_are_seen_by_the_next_search(make: Make) -> None:
    boss = actors.actor_for(make.user(role="coordinator"))
    idea = make.idea(title="Une serre", community=TRANSIT)
    moves.move_idea(boss, idea, rooms.get_rooms().by_slug[FOOD], reason="On y parle de nourriture.")
    assert found_by(ANYONE, "transport collectif") == set() and found_by(ANYONE, "sécurité alimentaire") == {idea.id}
    food = make.room(FOOD)
    words = EntryWords("Assiette régionale", "Regional plate")
    communities.edit(boss, food, words, colour=food.colour, slug=food.slug)
    for typed in ("assiette régionale", "sécurité alimentaire", "regional plate"):
        assert found_by(ANYONE, typed) == {idea.id}, typed


def test_the_name_of_an_issue_present_or_former_finds_what_is_filed_under_it(make: Make) -> None:
    boss = actors.actor_for(make.user(role="coordinator"))
    idea = make.idea(title="Une serre", issues=["logement"])
    make.idea(title="Un rack", issues=["transport"])
    known = reference.get_catalogue().issue_at("logement")
    assert known is not None
    issue = reference.get_row(boss, Issue, known.id, service.policy.EDIT)
    name = issue.name
    assert found_by(ANYONE, name) == {idea.id}
    service.edit_issue(boss, issue, EntryWords("Un toit pour chacun"), slug="toit")
    assert found_by(ANYONE, "toits pour chacun") == {idea.id} == found_by(ANYONE, name)


def test_what_is_called_the_same_in_both_languages_is_named_once_in_that_of_the_reader(make: Make) -> None:
    make.idea(title="Une serre", community="5e-element", issues=["education"])

    def names(typed: str, lang: str) -> list[str]:
        asked = queries.parse_query(typed)
        return [
            name for one in queries.get_results(ANYONE, asked, kinds=("idea",), lang=lang).items for name in one.names
        ]

    assert (names("5e élément", "fr"), names("5th element", "en")) == (["5e élément"], ["5th element"])
    assert (names("education", "fr"), names("education", "en")) == (["Éducation"], ["Education"])


def test_an_mrc_is_found_by_its_whole_name(make: Make) -> None:
    there, elsewhere = (
        make.idea(title="Une serre", territories=["71133"]),
        make.idea(title="Un four", territories=["70052"]),
    )
    make.idea(title="Un rack", body="La MRC n’en dit rien.")
    for typed in ("MRC de Vaudreuil-Soulanges", "mrc vaudreuil soulanges", "la M.R.C. de Vaudreuil-Soulanges"):
        assert found_by(ANYONE, typed) == {there.id}, typed
    assert found_by(ANYONE, "MRC de Beauharnois-Salaberry") == {elsewhere.id}
    asked = queries.parse_query("four de Rigaud")
    assert [term.typed for term in asked.terms] == ["four", "Rigaud"], "the small word before a name is no part of it"


def test_a_name_of_several_words_that_nothing_has_leaves_its_words(make: Make) -> None:
    told = make.idea(title="Le développement du sentier")
    jobs.count_words()
    found = queries.get_results(ANYONE, queries.parse_query("développement social"), kinds=("idea",)).items
    assert [(one.thing.id, list(one.missing)) for one in found] == [(told.id, ["social"])]
    assert found_by(ANYONE, "centre local de services communautaires") == set()


def test_a_community_that_a_person_may_not_know_of_is_no_name(make: Make) -> None:
    secluded = make.community(name="Veilleuses du cercle", is_private=True)
    told = make.idea(title="Une veilleuse au chalet")
    make.idea(title="Une serre", communities=[secluded.slug])
    member = make.user()
    make.add(Membership(user_id=member.id, community_id=secluded.id))
    assert found_by(ANYONE, "veilleuses du cercle") == {told.id}, "one of the words"
    assert told.id not in found_by(actors.actor_for(member), "veilleuses du cercle"), "a name"
    assert len(found_by(actors.actor_for(member), "veilleuses du cercle")) == 1


def test_an_acronym_finds_what_it_stands_for_and_the_reverse(make: Make) -> None:
    short = make.idea(title="Une CdP par MRC")
    long = make.idea(title="Des communautés de pratique", body="Dans chaque municipalité régionale de comté.")
    make.idea(title="Une bonne pratique")
    for typed in ("cdp", "C.D.P.", "CdPs", "communauté de pratique", "communautés de pratique", "cdp mrc"):
        assert found_by(ANYONE, typed) == {short.id, long.id}, typed
    centre = make.idea(title="Un organisme sans but lucratif pour les vélos")
    assert found_by(ANYONE, "osbl vélo") == {centre.id}
