"""Names that are near a name, and those that no organisation has."""

import pytest

from app.reference import acronyms, near_names, service
from app.reference.models import Organisation

NAMES = (
    "Le Grenier partagé",
    "Grenier partagé de Beauharnois",
    "Centre d'action bénévole de Valleyfield",
    "Ville de Beauharnois",
    "Municipalité de Saint-Urbain-Premier",
    "Municipalité de Saint-Antoine-Abbé",
    "Moisson Sud-Ouest",
    "Fonds FDE80",
    "Corporation de développement communautaire du Suroît",
    "CISSS de la Montérégie-Ouest",
)


@pytest.fixture
def known(app):
    return {name: service.db.session.get_one(Organisation, service.get_or_add_organisation(name)) for name in NAMES}


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Grenier partage", ["Le Grenier partagé", "Grenier partagé de Beauharnois"]),
        ("Moissonsudouest", ["Moisson Sud-Ouest"]),
        ("Moisons Sud Ouest", ["Moisson Sud-Ouest"]),
        ("CISSS", ["CISSS de la Montérégie-Ouest"]),
        ("FDE80", ["Fonds FDE80"]),
        ("FDE81", []),
        ("CDCS", ["Corporation de développement communautaire du Suroît"]),
        ("Municipalité de Saint-Urbain", ["Municipalité de Saint-Urbain-Premier"]),
        ("Ville de Châteauguay", []),
        ("日本 ?", []),
    ],
)
def test_names_that_say_the_same_in_other_letters_are_near(known, typed, near):
    assert near_names.find_near(typed) == near


def test_an_acronym_is_near_what_it_stands_for_and_an_old_name_near_the_present_one(known, coordinator):
    acronyms.create(coordinator, "SEL", "Saint-Urbain")
    service.rename(coordinator, known["Moisson Sud-Ouest"], "Banque alimentaire")
    service.db.session.commit()
    assert near_names.find_near("SEL") == ["Municipalité de Saint-Urbain-Premier"]
    assert near_names.find_near("Moison Sud-Ouest") == ["Banque alimentaire"]


def test_one_that_is_no_longer_offered_is_not_proposed(known, coordinator):
    service.archive(coordinator, known["Le Grenier partagé"])
    service.db.session.commit()
    assert near_names.find_near("Grenier partage", 1) == ["Grenier partagé de Beauharnois"]


def test_new_names_are_listed_once_in_their_order(known):
    typed = ["  Zoo ", "moisson sud ouest", "", "Abeille", "zoo", "LE GRENIER PARTAGÉ"]
    assert near_names.list_new_organisations(typed) == ["Zoo", "Abeille"]
