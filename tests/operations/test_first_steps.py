"""The first steps of a site: each is done, and no longer done, by what is there and nothing else."""

from typing import Any

import pytest

from app.communities.queries import get_public_rooms
from app.core import clock as time
from app.core import settings
from app.core.mail import Outgoing
from app.core.unit import unit
from app.operations import first_steps
from app.operations.first_steps import find_done, load_facts
from app.reference.models import Issue
from tests.support.make import Make

TEXTS = "charter-1 privacy-1"
SAID = {"SITE_ORGANISATION": "Ici", "PRIVACY_OFFICER_NAME": "Camille", "PRIVACY_OFFICER_EMAIL": "c@example.org"}
OPEN = {"SITE_URL": "https://ici.example.org", "SEARCH_INDEXING": True, "DEMO": False, "MAIL_URL": "smtp://localhost"}


def is_done(step: str, **config: Any) -> bool:
    return find_done(load_facts(), SAID | OPEN | config, TEXTS)[step]


def new_mail(make: Make, **columns: Any) -> Outgoing:
    texts = dict.fromkeys(("recipient", "subject", "text", "html"), "x")
    return make.add(Outgoing(key="k", message_id="<k@localhost>", **texts | columns))


def test_there_are_seven(app):
    assert list(find_done(load_facts(), SAID | OPEN, TEXTS)) == [
        "who",
        "mail",
        "places",
        "teams",
        "texts",
        "opening",
        "voices",
    ]


@pytest.mark.parametrize("name", first_steps.OWN)
def test_who_one_is_is_said_once_nothing_of_it_lacks(app, name):
    assert is_done("who")
    assert not is_done("who", **{name: ""}) and first_steps.list_unsaid(SAID | OPEN | {name: ""}) == [name]


def test_a_mail_counts_once_a_server_took_it(make):
    mail = new_mail(make)
    assert not is_done("mail"), "it waits"
    make.at(mail, refused_at=time.now())
    assert not is_done("mail"), "it was refused"
    make.at(mail, refused_at=None, sent_at=time.now())
    assert is_done("mail") and load_facts().sent_at
    assert not is_done("mail", MAIL_URL=""), "it was a file on this machine"


def test_territories_and_issues_count_while_they_are_not_in_the_archives(make):
    assert is_done("places")
    with unit():
        for issue in Issue.query.all():
            issue.archived_at = time.now()
        settings.versions.touch("reference")
    assert not is_done("places") and first_steps.count_axes()["issue"] == 0


def test_each_public_community_needs_somebody_able_to_look_after_it(make):
    slugs = [room.slug for room in get_public_rooms().current]
    make.user(facilitates=slugs[1:])
    assert not is_done("teams") and len(load_facts().team_ids) == len(slugs) - 1
    fae = make.user(facilitates=slugs[:1])
    assert is_done("teams")
    make.community(is_private=True)
    assert is_done("teams"), "a private one counts nowhere"
    make.community()
    assert not is_done("teams"), "a new one has nobody"
    make.facilitator(fae, get_public_rooms().current[-1].slug)
    assert is_done("teams")


@pytest.mark.parametrize("how", ["closed", "inactive", "administers", "suspended", "over", "barred there"])
def test_a_charge_counts_while_its_person_may_exercise_it(make, how):
    slugs = [room.slug for room in get_public_rooms().current]
    make.user(facilitates=slugs[1:])
    fae = make.user()
    charge = make.facilitator(fae, slugs[0])
    assert is_done("teams")
    if how in ("suspended", "barred there"):
        make.restriction(fae, slugs[0] if how == "barred there" else None)
    elif how == "over":
        make.at(charge, expires_at=time.ago(days=1))
    else:
        columns = {"closed": {"closed_at": time.now()}, "inactive": {"active": False}}
        make.at(fae, **columns.get(how, {"site_role": "admin"}))
    assert not is_done("teams")


def test_the_coordination_is_known_to_be_there_or_not(make):
    assert not load_facts().has_coordinator
    cleo = make.user(role="coordinator")
    assert load_facts().has_coordinator and not is_done("teams"), "it is no team of a community"
    make.restriction(cleo)
    assert not load_facts().has_coordinator


def test_the_texts_are_read_in_the_versions_of_now(make):
    ada = make.user(role="admin")
    assert not is_done("texts")
    with unit():
        settings.change(ada.id, texts_read=TEXTS)
    assert is_done("texts")
    assert not find_done(load_facts(), SAID | OPEN, "charter-2 privacy-1")["texts"], "the charter changed"


@pytest.mark.parametrize(
    ("config", "obstacle"),
    [
        ({"DEMO": True}, "demo"),
        ({"SITE_URL": "http://ici.example.org"}, "address"),
        ({"SEARCH_INDEXING": False}, "indexing"),
    ],
)
def test_a_site_is_open_once_nothing_stands_in_the_way(app, config, obstacle):
    assert is_done("opening")
    assert not is_done("opening", **config) and first_steps.list_obstacles(SAID | OPEN | config) == [obstacle]


def test_a_site_whose_registration_is_closed_is_not_open(make):
    with unit():
        settings.change(make.user(role="admin").id, registration_open=False)
    assert not is_done("opening") and first_steps.list_obstacles(SAID | OPEN) == ["registration"]


def test_voices_are_what_everybody_reads_and_no_demonstration(make):
    for columns in ({"status": "draft"}, {"status": "pending"}, {"is_private": True}, {"hidden_at": time.now()}):
        make.idea(**columns)
    make.idea(make.user(email="demo@exemple.test"))
    assert load_facts().voices == 0
    ideas = [make.idea() for _n in range(3)]
    assert is_done("voices")
    make.idea()
    assert load_facts().voices == 3, "no more are counted"
    for idea in ideas[:2]:
        make.at(idea, hidden_at=time.now())
    assert not is_done("voices") and load_facts().voices == 2


def test_they_are_read_in_one_statement(app, count_queries):
    find_done(load_facts(), SAID | OPEN, TEXTS)
    with count_queries() as statements:
        find_done(load_facts(), SAID | OPEN, TEXTS)
    assert len(statements) == 1
