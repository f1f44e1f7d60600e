"""Renaming, ordering and archiving break no address, and only coordinators do it."""

import pytest

from app.core.actor import ANYONE
from app.core.errors import Forbidden, Invalid, NotFound
from app.reference import policy, queries, service
from app.reference.entries import EntryWords
from app.reference.models import Issue, Organisation, Territory
from tests.support.tables import on_same_rows


def issue_of(actor, slug):
    return queries.get_row(actor, Issue, queries.get_catalogue().issue_at(slug).id, policy.EDIT)


def place_of(actor, code):
    return queries.get_row(actor, Territory, queries.get_catalogue().place_at(code).id, policy.EDIT)


ACTS = {
    "create": lambda actor: service.create_issue(actor, EntryWords("Culture")),
    "edit": lambda actor: service.edit_issue(actor, issue("logement"), EntryWords("Toit"), slug="toit"),
    "move": lambda actor: service.move_issue(actor, issue("logement"), step=1),
    "archive": lambda actor: service.archive(actor, issue("logement")),
    "unarchive": lambda actor: service.unarchive(actor, issue("logement")),
    "rename": lambda actor: service.rename(actor, place("70052"), "Valleyfield"),
    "rename tag": lambda actor: service.rename_tag(actor, tag("vélo"), "cyclisme"),
    "merge tags": lambda actor: service.merge_tag(actor, tag("vélo"), tag("bicyclette")),
    "part tag": lambda actor: service.part_tag(actor, tag("vélo")),
}


def issue(slug):
    return service.db.session.get_one(Issue, queries.get_catalogue().issue_at(slug).id)


def place(code):
    return service.db.session.get_one(Territory, queries.get_catalogue().place_at(code).id)


def tag(name):
    return service.db.session.get_one(service.Tag, service.get_or_add_tags([name])[0])


def test_nobody_else_edits_the_reference(people):
    for act in ACTS.values():
        with pytest.raises(Forbidden):
            act(people["facilitator"])


def test_a_coordinator_edits_the_reference(people):
    for act in on_same_rows(ACTS):
        ACTS[act](people["coordinator"])


def test_a_row_is_reached_with_the_permission_only(make, coordinator):
    row_id = queries.get_catalogue().issue_at("logement").id
    assert queries.get_row(coordinator, Issue, row_id, policy.EDIT).slug == "logement"
    for actor, number in ((ANYONE, row_id), (coordinator, 999_999)):
        with pytest.raises(NotFound):
            queries.get_row(actor, Issue, number, policy.EDIT)


def test_a_renamed_issue_keeps_its_old_addresses(coordinator):
    row = issue_of(coordinator, "transport")
    service.edit_issue(coordinator, row, EntryWords("Mobilité", "Mobility"), slug="mobilite")
    service.edit_issue(coordinator, row, EntryWords("Se déplacer"), slug="se-deplacer")
    catalogue = queries.get_catalogue()
    assert {catalogue.issue_at(slug).name for slug in ("transport", "mobilite", "se-deplacer")} == {"Se déplacer"}
    assert catalogue.issue_at("se-deplacer").name_en is None


def test_an_address_that_belonged_to_another_is_never_taken(coordinator):
    service.edit_issue(coordinator, issue_of(coordinator, "transport"), EntryWords("Mobilité"), slug="mobilite")
    other = issue_of(coordinator, "logement")
    for slug in ("transport", "mobilite", "education", "new"):
        with pytest.raises(Invalid) as refusal:
            service.edit_issue(coordinator, other, EntryWords("Logement"), slug=slug)
        assert refusal.value.field == "slug"
    assert queries.get_catalogue().issue_at("logement").id == other.id


def test_an_issue_may_take_its_own_old_address_back(coordinator):
    row = issue_of(coordinator, "transport")
    service.edit_issue(coordinator, row, EntryWords("Mobilité"), slug="mobilite")
    service.edit_issue(coordinator, row, EntryWords("Transport"), slug="transport")
    assert queries.get_catalogue().issue_at("mobilite").slug == "transport"


def test_a_new_issue_gets_an_address_of_its_own(coordinator):
    service.edit_issue(coordinator, issue_of(coordinator, "transport"), EntryWords("Mobilité"), slug="mobilite")
    slugs = [
        service.create_issue(coordinator, EntryWords(name)).slug for name in ("Transport", "Éducation!!", "New", "日本")
    ]
    assert slugs == ["transport-2", "education-2", "new-2", "sans-titre"]
    assert queries.get_catalogue().issues[-1].name == "日本"


def test_two_issues_never_have_one_name(coordinator):
    with pytest.raises(Invalid) as refusal:
        service.create_issue(coordinator, EntryWords("  éducation".strip()))
    assert refusal.value.field == "name"
    with pytest.raises(Invalid):
        service.edit_issue(coordinator, issue_of(coordinator, "logement"), EntryWords("EDUCATION"), slug="logement")


def test_the_order_is_moved_by_one_and_stops_at_the_ends(coordinator):
    def list_slugs():
        return [issue.slug for issue in queries.get_catalogue().issues]

    first, second, third, *middle, last = list_slugs()
    service.move_issue(coordinator, issue_of(coordinator, third), step=-1)
    assert list_slugs() == [first, third, second, *middle, last]
    service.move_issue(coordinator, issue_of(coordinator, first), step=-1)
    service.move_issue(coordinator, issue_of(coordinator, last), step=1)
    assert list_slugs() == [first, third, second, *middle, last]


def test_what_is_archived_stays_in_the_catalogue_marked(coordinator):
    row = place_of(coordinator, "70052")
    service.archive(coordinator, row)
    since = row.archived_at
    service.archive(coordinator, row)
    assert row.archived_at == since and queries.get_catalogue().place_at("70052").is_archived
    service.unarchive(coordinator, row)
    assert not queries.get_catalogue().place_at("70052").is_archived


def test_renaming_one_hemmingford_leaves_the_other(coordinator):
    service.rename(coordinator, place_of(coordinator, "68015"), "Hemmingford-Canton")
    assert queries.get_catalogue().place_at("68010").name == "Hemmingford"
    service.rename(coordinator, place_of(coordinator, "68015"), "Hemmingford")
    assert queries.get_catalogue().place_at("68015").name == "Hemmingford"


def test_an_organisation_is_added_on_first_use_and_found_after(coordinator):
    first = service.get_or_add_organisation("Le  Grenier partagé ")
    assert service.get_or_add_organisation("le grenier partage") == first
    assert service.get_or_add_organisation("La Tablée") != first
    assert [row.name for row in queries.list_organisations()] == ["Le Grenier partagé", "La Tablée"][::-1]


@pytest.mark.parametrize("name", ["", "x", "  ", "x" * 121])
def test_an_organisation_without_a_sound_name_is_refused(app, name):
    with pytest.raises(Invalid) as refusal:
        service.get_or_add_organisation(name)
    assert refusal.value.field == "organisation"


def test_an_organisation_can_be_renamed_and_archived(coordinator):
    row = queries.get_row(coordinator, Organisation, service.get_or_add_organisation("Le Grenier"), policy.EDIT)
    service.get_or_add_organisation("La Tablée")
    with pytest.raises(Invalid):
        service.rename(coordinator, row, "la tablee")
    service.rename(coordinator, row, "Le Grenier partagé")
    service.archive(coordinator, row)
    assert [found.name for found in queries.list_organisations()] == ["La Tablée"]
    assert [found.name for found in queries.list_by_name(Organisation).items] == ["La Tablée", "Le Grenier partagé"]
