"""What a hub holds is what the public may read of its subject, and each number is its recount."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.communities import queries as communities
from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.errors import NotFound
from app.hubs.queries import hubs, ideas, organisations, subjects
from app.hubs.queries.subjects import HubSubject
from app.ideas.models import StatusChange
from app.ideas.queries import lists
from app.ideas.queries.lists import Filters
from app.plan.models.links import UpdateLink
from app.plan.models.structure import Action, Plan
from app.reference import policy
from app.reference.models import Organisation, Tag
from app.reference.queries import get_catalogue, get_tags
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import ELSEWHERE, HERE, SECLUDED

VILLAGE, TOWN, MRC = "70052", "70022", "70"


@pytest.fixture
def tag(make: Make) -> Tag:
    return make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))


@pytest.fixture
def publish(make: Make, tag: Tag) -> Any:
    """Store an idea on one issue, in one municipality, with a tag."""
    return lambda title="Une idée", **columns: make.idea(
        **{"title": title, "community": HERE, "issues": ["education"], "territories": [VILLAGE], "tags": [tag]}
        | columns
    )


def subjects_of_all() -> dict[str, HubSubject]:
    """Return the issue, the municipality, its MRC and the tag of `publish`."""
    places = get_catalogue()
    db.session.rollback()
    return {
        "issue": subjects.of_issue(places.issue_at("education")),
        "tag": subjects.of_tag(get_tags(["velo"])["velo"]),
        "municipality": subjects.of_place(places.place_at(VILLAGE)),
        "mrc": subjects.of_place(places.place_at(MRC)),
    }


def actions_of(*titles: str) -> dict[str, Action]:
    found = {action.title: action for action in db.session.query(Action)}
    return {title: found[title] for title in titles}


def test_the_numbers_are_those_of_the_list_and_nothing_that_is_not_public_counts(make: Make, publish: Any) -> None:
    make.community(slug=SECLUDED, is_private=True)
    shown = [publish("Un besoin", kind="need"), publish("Une idée retenue", status="retained", communities=[ELSEWHERE])]
    for columns in (
        {"status": "draft"},
        {"status": "pending"},
        {"hidden_at": clock.now()},
        {"deleted_at": clock.now()},
        {"merged_into": shown[0].id},
        {"community": SECLUDED},
    ):
        publish("Un secret", **columns)
    publish("Au loin", issues=["logement"], territories=["67"], tags=[])
    here, elsewhere = (str(make.room(slug).id) for slug in (HERE, ELSEWHERE))
    for name, subject in subjects_of_all().items():
        hub = hubs.get_hub(subject)
        rows = lists.list_ideas(ANYONE, Filters(**{subject.axis: subject.ids})).items
        assert {idea.title for idea in hub.latest} == {idea.title for idea in rows} == {idea.title for idea in shown}, (
            name
        )
        assert hub.total == len(rows)
        assert hub.counts["kind"] == {"need": 1, "idea": 1} and hub.counts["status"] == {
            "published": 1,
            "retained": 1,
        }
        assert hub.counts["community"] == {here: 2, elsewhere: 1}


def test_actions_that_touch_a_subject_come_with_their_milestones_and_their_last_word(
    make: Make, plans: MakePlan, publish: Any
) -> None:
    where = {"issues": ["education"], "territories": [VILLAGE]}
    plan = plans.plan(
        action_of("Ici", 2, lead="La Tablée", communities=[ELSEWHERE], community=HERE, **where),
        action_of("Cachée", lead="Le Secret", **where),
        action_of("Au loin", territories=["67"]),
        action_of("Partout"),
        action_of("Dans la MRC", territories=[MRC], issues=["education"]),
    )
    found = actions_of("Ici", "Cachée", "Partout")
    make.at(found["Cachée"], hidden_at=clock.now())
    for title in found:
        plans.link(found[title], publish("Un besoin", kind="need"))
    plans.link(found["Partout"], publish("Un secret", status="pending"))
    make.at(found["Partout"], removed_at=clock.now())
    plans.say(found["Ici"], "On y est.", state="underway")
    make.at(plans.say(found["Ici"], "Tout va mal."), hidden_at=clock.now())
    by_name = subjects_of_all()
    titles = {name: [near.row.title for near in hubs.get_hub(subject).actions] for name, subject in by_name.items()}
    assert titles == {
        "issue": ["Ici", "Dans la MRC"],
        "municipality": ["Ici", "Dans la MRC"],
        "mrc": ["Ici", "Dans la MRC"],
        "tag": ["Ici"],
    }
    [near] = hubs.get_hub(by_name["tag"]).actions
    assert (near.row.lead[1], near.row.tally.count, near.row.tally.reached) == ("La Tablée", 2, 0)
    assert near.row.territories == (get_catalogue().place_at(VILLAGE).id,)
    assert near.row.communities == (make.room(HERE).id, make.room(ELSEWHERE).id)
    assert near.bulletin and "On y est." in near.bulletin.html and near.bulletin.has_moved
    assert hubs.get_hub(by_name["municipality"]).region == 0 and plan.is_current
    make.at(found["Partout"], removed_at=None)
    assert hubs.get_hub(by_name["municipality"]).region == 1


def test_the_actions_that_are_kept_are_those_that_the_database_finds(
    make: Make, plans: MakePlan, publish: Any, tag: Tag
) -> None:
    plans.plan(
        action_of("De la communauté", community=HERE),
        action_of("Avec elle", communities=[HERE], issues=["education"], lead="La Tablée"),
        action_of("Dans la MRC", territories=[MRC], partners=["La Tablée"]),
        action_of("Au village", territories=[VILLAGE]),
        action_of("Ailleurs", territories=["67"], community=ELSEWHERE),
    )
    plans.link(actions_of("Ailleurs")["Ailleurs"], publish("Un besoin", kind="need"))
    table = db.session.query(Organisation).filter_by(name="La Tablée").one()
    here = communities.get_public_rooms().by_slug[HERE]
    for subject in (*subjects_of_all().values(), subjects.of_community(here), subjects.of_organisation(table)):
        found = select(Action.title).join(Plan).where(subjects.in_current_plan(), subject.has_action())
        assert sorted(near.row.title for near in hubs.get_hub(subject).actions) == sorted(db.session.scalars(found))


def test_what_moved_is_of_public_things_and_who_animates_is_in_charge_now(
    make: Make, plans: MakePlan, publish: Any
) -> None:
    shown, hidden = publish("Un besoin"), publish("Un secret", hidden_at=clock.now())
    for idea, columns in (
        (shown, {"reason": "Merci", "stays": True, "status": "published"}),
        (hidden, {"status": "retained"}),
        (shown, {"status": "planned", "action_id": plans.action().id}),
    ):
        make.add(StatusChange(idea_id=idea.id, **columns))
    writer = make.user("Fae Animation", facilitates=[HERE])
    make.facilitator(make.user("Partie"), HERE, expires_at=clock.now() - timedelta(days=1))
    for title, idea, columns in (
        ("Un chantier", shown, {}),
        ("Un autre", hidden, {}),
        ("Masqués", shown, {"hidden_at": clock.now()}),
    ):
        news = make.update(writer, HERE, title, **columns)
        make.add(UpdateLink(update_id=news.id, idea_id=idea.id, by_id=writer.id))
    for name, subject in subjects_of_all().items():
        hub = hubs.get_hub(subject)
        assert [(step.title, step.stays, step.reason) for step in hub.steps] == [("Un besoin", True, "Merci")], name
        assert [update.title for update in hub.updates] == ["Un chantier"], name
        assert hub.teams[make.room(HERE).id] == ["Fae Animation"]


def test_news_that_concern_an_action_are_those_of_its_subjects(make: Make, plans: MakePlan) -> None:
    action = plans.action(issues=["education"])
    news, _other = make.update(title="Un chantier"), make.update(title="Une fête")
    make.add(UpdateLink(update_id=news.id, action_id=action.id, by_id=plans.boss.id))
    hub = hubs.get_hub(subjects.of_issue(get_catalogue().issue_at("education")))
    assert [update.title for update in hub.updates] == ["Un chantier"]


def test_an_organisation_has_the_actions_that_it_carries_and_the_voices_behind_them(
    make: Make, plans: MakePlan, publish: Any
) -> None:
    plans.plan(
        action_of("Menée", lead="La Tablée"),
        action_of("Appuyée", lead="Le CAB", partners=["La Tablée"]),
        action_of("Cachée", lead="Le Secret", partners=["La Tablée"]),
    )
    found = actions_of("Menée", "Appuyée", "Cachée")
    make.at(found["Cachée"], hidden_at=clock.now())
    first, second = publish("Un besoin", kind="need", communities=[ELSEWHERE]), publish("Une idée")
    plans.link(found["Menée"], first), plans.link(found["Appuyée"], first), plans.link(found["Appuyée"], second)
    plans.link(found["Menée"], publish("Un secret", hidden_at=clock.now()))
    plans.link(found["Menée"], publish("Proposée"), answer=None)
    plans.link(found["Cachée"], publish("Au noir"))
    by_name = {row.name: row for row in db.session.query(Organisation)}
    hub = hubs.get_hub(subjects.of_organisation(by_name["La Tablée"]))
    assert {near.row.title for near in hub.actions} == {"Menée", "Appuyée"}
    assert {idea.title for idea in hub.latest} == {"Un besoin", "Une idée"} and hub.total == 2
    assert hub.counts["kind"] == {"need": 1, "idea": 1} and hub.counts["status"] == {"published": 2}
    assert hub.counts["community"] == {str(make.room(HERE).id): 2, str(make.room(ELSEWHERE).id): 1}
    assert organisations.get_organisation(ANYONE, by_name["Le CAB"].id, policy.READ).name == "Le CAB"
    for number in (by_name["Le Secret"].id, make.add(Organisation(name="Discret", sort_key="discret")).id, 987_654):
        with pytest.raises(NotFound):
            organisations.get_organisation(make.actor(role="coordinator"), number, policy.READ)
    with pytest.raises(NotFound):
        organisations.get_organisation(ANYONE, by_name["Le CAB"].id, policy.EDIT)
    assert [one[1:] for one in organisations.list_carriers()] == [("La Tablée", 1, 1), ("Le CAB", 1, 0)]


def test_an_idea_waits_for_a_first_word_or_a_need_for_its_answer(make: Make, publish: Any) -> None:
    titles = ("Sans avis", "Discutée", "Besoin discuté", "Besoin répondu", "Réalisée")
    columns: tuple[dict[str, Any], ...] = (
        {},
        {},
        {"kind": "need"},
        {"kind": "need", "answered_at": clock.now()},
        {"status": "achieved"},
    )
    for title, more in zip(titles, columns, strict=True):
        idea = publish(title, **more)
        if title not in ("Sans avis", "Réalisée"):
            make.comment(idea)
    for subject in subjects_of_all().values():
        assert {idea.title for idea in hubs.get_hub(subject).waiting} == {"Sans avis", "Besoin discuté"}


def test_where_there_are_many_ideas_the_last_ones_of_the_site_are_walked_and_the_same_are_found(
    make: Make, publish: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        publish(f"Ici {n}"), make.idea(title=f"Ailleurs {n}")
    gathered = {name: hubs.get_hub(subject) for name, subject in subjects_of_all().items()}
    monkeypatch.setattr(ideas, "FEW", 0), monkeypatch.setattr(ideas, "LATEST", 3)
    for name, subject in subjects_of_all().items():
        walked = hubs.get_hub(subject)
        assert [idea.id for idea in walked.latest] == [idea.id for idea in gathered[name].latest][:3]
        assert [idea.id for idea in walked.waiting] == [idea.id for idea in gathered[name].waiting]
