"""What no press leads to in the tables of choices is found by `check`, each as it is, and nothing else is."""

import pytest

from app.choices.models import ChoiceBallot, ChoicePaper, ChoicePaperSum
from app.choices.queries import choices as queries
from app.choices.queries import faults
from app.choices.service import choices
from app.core import clock
from app.operations import check
from tests.choices.stored import choice_in, converging, places, who_in
from tests.events.stored import at
from tests.forum.stored import place_in, topic_in


class Hall:
    """A choice that is open, and another one where people chose among other words."""

    def __init__(self, make):
        self.make, self.forum, self.other = make, converging(make), converging(make)
        self.choice = choice_in(make, self.forum)
        self.place, self.their_place = place_in(make, self.forum), place_in(make, self.other)
        self.first, self.second, _third = queries.list_candidates(self.choice.id)

    def change(self, **columns):
        self.make.at(self.choice, **columns)

    def count(self):
        """Give it what a count leaves."""
        self.change(state="counted", stopped_at=clock.now(), counted_at=clock.now())
        for one in queries.list_candidates(self.choice.id):
            self.make.at(one, placed=1, on_paper=0)


def too_few(hall):
    hall.choice = choice_in(hall.make, hall.other, ["Une seule"])


def in_a_closed_forum(hall):
    hall.make.at(hall.forum, phase="closed")


def of_another_forum(hall):
    hall.make.at(hall.first, topic_id=topic_in(hall.make, hall.other).id)


def with_owners(hall):
    places(hall.make, hall.choice, hall.place, 1)
    hall.count()


def from_elsewhere(hall):
    places(hall.make, hall.choice, hall.their_place, 1)


def too_many_dots(hall):
    places(hall.make, hall.choice, hall.place, 3, 3)


def too_many_on_one(hall):
    places(hall.make, hall.choice, hall.place, 4)


def paper_while_open(hall):
    hall.make.add(ChoicePaper(choice_id=hall.choice.id, ballots=2, typed_by=hall.make.user().id))


def sums_while_open(hall):
    hall.make.add(ChoicePaperSum(candidate_id=hall.first.id, dots=2))


def unsigned(hall):
    hall.count()
    hall.change(paper_ballots=2, paper_typed_by=hall.make.user().id)


def signed_by_one(hall):
    hall.count()
    one = hall.make.user().id
    hall.change(paper_ballots=2, paper_typed_by=one, paper_confirmed_by=one)


def early_total(hall):
    hall.make.at(hall.first, on_paper=4)


def no_total(hall):
    hall.count()
    hall.make.at(hall.second, placed=None)


def early_ballot(hall):
    hall.make.add(ChoiceBallot(candidate_id=hall.first.id, ballot=1, dots=2))


def early_decision(hall):
    hall.make.at(hall.first, decision="On essaie.")


TOTALS = "choice {} has totals before its count, or lacks some after it"
EARLY = "choice {} has ballots of nobody or a decision before its count"
MORE = "choice {} has a ballot of more dots than one has"
PAPER = "choice {} has typed paper, and is not stopped"
SIGNED = "choice {} counts paper that two people did not sign"
FAULTS = {
    too_few: "choice {} has too few candidates, or too many",
    in_a_closed_forum: "choice {} is not counted, and its forum is closed",
    of_another_forum: "choice {} has a candidate of another forum",
    with_owners: "choice {} is counted, and its ballots still have owners",
    from_elsewhere: "choice {} has a ballot from a place at another meeting",
    too_many_dots: MORE,
    too_many_on_one: MORE,
    paper_while_open: PAPER,
    sums_while_open: PAPER,
    unsigned: SIGNED,
    signed_by_one: SIGNED,
    early_total: TOTALS,
    no_total: TOTALS,
    early_ballot: EARLY,
    early_decision: EARLY,
}


@pytest.fixture
def hall(request, make):
    request.getfixturevalue("clock").at(at("2027-02-18 14:00"))
    return Hall(make)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_is_found_and_named(app, hall, fault):
    fault(hall)
    words = FAULTS[fault].format(hall.choice.id)
    assert faults.list_faults() == [words]
    [found] = [one for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "forums"]
    assert found.grade == "wrong" and words in found.text


def test_what_people_do_is_none(hall):
    places(hall.make, hall.choice, hall.place, 3, 2)
    team = hall.make.actor(role="coordinator")
    assert faults.list_faults() == []
    choices.stop(team, who_in(team, hall.forum.id))
    assert faults.list_faults() == []
    choices.count(team, who_in(team, hall.forum.id))
    assert faults.list_faults() == []
