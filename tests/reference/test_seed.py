"""The reference data: complete, seeded again safely, never over what coordinators changed."""

import runpy

from sqlalchemy import select

from app import HOUSE
from app.communities import queries as communities
from app.communities import service as community_service
from app.core import versions
from app.core.db import db
from app.operations import reference as seeds
from app.reference import acronyms, queries, service
from app.reference.entries import EntryWords
from app.reference.models import Acronym, Issue


def test_an_empty_instance_gets_the_five_the_seven_and_the_seventy(empty):
    assert seeds.seed() == {"communities": 5, "issues": 7, "territories": 70, "acronyms": 17, "shapes": 65}
    places = queries.get_catalogue().places
    assert [issue.slug for issue in queries.get_catalogue().issues] == [
        "education",
        "logement",
        "sante-et-securite-alimentaire",
        "action-collective",
        "transport",
        "reduction-des-inegalites",
        "accessibilite-des-services",
    ]
    assert [(room.slug, room.colour) for room in communities.get_rooms().all] == [
        ("securite-alimentaire", "food"),
        ("reussite-educative-et-sociale", "school"),
        ("transport-collectif", "transit"),
        ("logement-social-et-abordable", "housing"),
        ("5e-element", "fifth"),
    ]
    assert [place.code for place in places if place.is_mrc] == ["70", "69", "68", "67", "71"]
    assert len(places) == 70 and all(place.is_mrc or place.parent_id for place in places)


def test_everything_is_named_and_described_in_both_languages(empty):
    seeds.seed()
    for thing in (*queries.get_catalogue().issues, *communities.get_rooms().all):
        assert thing.name and thing.name_en and thing.description and thing.description_en


def test_the_population_of_an_mrc_is_that_of_its_municipalities(empty):
    seeds.seed()
    catalogue = queries.get_catalogue()
    for mrc in (place for place in catalogue.places if place.is_mrc):
        assert mrc.population == sum(place.population for place in catalogue.within(mrc)[1:])


def test_two_places_are_named_hemmingford_and_the_code_tells_them_apart(empty):
    seeds.seed()
    catalogue = queries.get_catalogue()
    assert {place.code: place.kind for place in catalogue.places if place.name == "Hemmingford"} == {
        "68010": "village",
        "68015": "canton",
    }
    assert catalogue.parent(catalogue.place_at("68010")).name == "Les Jardins-de-Napierville"


def test_seeding_again_adds_nothing_and_tells_nobody(empty):
    seeds.seed()
    before = versions.get_number("reference")
    assert seeds.seed() == {"communities": 0, "issues": 0, "territories": 0, "acronyms": 0, "shapes": 0}
    assert versions.get_number("reference") == before


def test_seeding_again_keeps_what_coordinators_changed(empty, make):
    seeds.seed()
    actor = make.actor(role="coordinator")
    issue = queries.get_row(actor, Issue, queries.get_catalogue().issue_at("transport").id, service.policy.EDIT)
    service.edit_issue(actor, issue, EntryWords("Mobilité", description="À notre façon."), slug="mobilite")
    service.move_issue(actor, issue, step=-1)
    place = queries.get_row(actor, seeds.Territory, queries.get_catalogue().place_at("69060").id, service.policy.EDIT)
    service.rename(actor, place, "Godmanchester (canton)")
    service.archive(actor, place)
    acronym = db.session.scalars(select(Acronym).where(Acronym.name == "DS")).one()
    acronyms.edit(actor, acronym, "DS", "développement social des communautés")
    room = communities.get_community(communities.get_rooms().by_slug["5e-element"].id)
    community_service.archive(actor, room)
    before = (queries.get_catalogue(), communities.get_rooms(), acronyms.get_other_names())
    assert sum(seeds.seed().values()) == 0
    versions.memory_cache.forget()
    assert (queries.get_catalogue(), communities.get_rooms(), acronyms.get_other_names()) == before
    assert queries.get_catalogue().issue_at("transport").name == "Mobilité"


def test_the_names_of_places_are_typeset_and_so_are_those_seeded_before(empty, make):
    seeds.seed()
    actor = make.actor(role="coordinator")
    place = queries.get_row(actor, seeds.Territory, queries.get_catalogue().place_at("71060").id, service.policy.EDIT)
    assert place.name == "L’Île-Perrot"
    service.rename(actor, place, "L'Île-Perrot")
    before = (versions.get_number("reference"), place.sort_key)
    assert sum(seeds.seed().values()) == 0
    place = queries.get_catalogue().place_at("71060")
    assert place.name == "L’Île-Perrot" and versions.get_number("reference") > before[0]
    assert not [row for row in queries.get_catalogue().places if "'" in row.name]


def test_a_seed_that_stopped_half_way_is_completed_at_the_end(empty, make):
    make.add(Issue(slug="logement", name="Le logement chez nous", position=3))
    assert seeds.seed() == {"communities": 5, "issues": 6, "territories": 70, "acronyms": 17, "shapes": 65}
    issues = queries.get_catalogue().issues
    assert (issues[0].name, issues[1].slug, len(issues)) == ("Le logement chez nous", "education", 7)


def test_a_site_that_is_there_gets_by_its_migration_the_acronyms_that_a_new_one_begins_with(empty):
    seeds.seed()
    rows = db.session.execute(select(Acronym.name, Acronym.meaning, Acronym.sort_key).order_by(Acronym.id)).tuples()
    migration = runpy.run_path(str(next((HOUSE / "migrations" / "versions").glob("0030_*.py"))))
    assert list(rows) == migration["FIRST"]
