"""People are found once they choose to be, by what their profile shows."""

from app.accounts import profiles
from app.accounts.models.people import User
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.reference.models import Organisation
from app.results import queries as results
from tests.support.make import Make


def found(word: str) -> list[str]:
    return [
        result.thing.name for result in results.get_results(ANYONE, results.parse_query(word), kinds=("person",)).items
    ]


def person(make: Make, **columns: object) -> User:
    club = make.add(Organisation(name="Club des glaneuses", sort_key="club des glaneuses"))
    return make.user("Zénobie Glaneur", about="Je cultive des topinambours.", organisation_id=club.id, **columns)


def test_nobody_is_found_who_did_not_choose_it(make: Make) -> None:
    person(make, shows_about=True, shows_organisation=True)
    assert found("zénobie") == found("topinambour") == found("glaneuse") == []


def test_a_person_is_found_by_what_they_show(make: Make) -> None:
    user = person(make, shows_in_search=True)
    assert found("zenobie") == ["Zénobie Glaneur"] and found("topinambours") == []
    make.at(user, shows_about=True, shows_organisation=True)
    assert found("topinambour") == found("club") == ["Zénobie Glaneur"]
    make.at(db.session.get_one(Organisation, user.organisation_id), name="Ligue des potagers")
    assert found("ligue") == ["Zénobie Glaneur"] and found("club") == []


def test_a_profile_out_of_sight_is_not_found_and_comes_back(make: Make) -> None:
    user, boss = person(make, shows_in_search=True), make.actor(role="coordinator")
    with unit():
        profile = profiles.get_or_add_profile(user)
    profiles.hide(boss, profile, reason="Une publicité.")
    assert found("zénobie") == found("nom masqué") == []
    profiles.restore(boss, profile)
    assert found("zénobie") == ["Zénobie Glaneur"]
