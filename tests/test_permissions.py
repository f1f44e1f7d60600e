"""The permission book: every right is in a matrix in writing, and what the lists show is what the law says."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import HOUSE
from app.accounts import queries as accounts
from app.accounts.models.people import Profile, User
from app.comments.models import Comment
from app.comments.queries import reading as comments
from app.communities.queries import catalogue
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import Permission, can
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.moderation.first_posts.models import FrozenAccount
from app.notifications.models import Notice
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.queries import actions, bulletins
from app.reference.models import Issue
from app.updates import queries as updates
from app.updates.models import Update
from tests.accounts import test_rights as of_administration
from tests.comments import test_policy as of_comments
from tests.desk import test_assignments as of_the_desk
from tests.ideas import test_answers_law as of_answers
from tests.ideas import test_policy as of_ideas
from tests.moderation.appeals import test_appeals as of_appeals
from tests.moderation.cases import test_cases as of_cases
from tests.moderation.first_posts.held_revisions import test_law as of_changes
from tests.moderation.measures import test_law as of_measures
from tests.moderation.merges import test_law as of_merges
from tests.plan import test_law as of_the_plan
from tests.plan import test_links_law as of_links
from tests.support import book
from tests.support.law import CONFIRMED, EVERYONE, TEAM, compare
from tests.support.make import Make
from tests.support.world import HERE, ROLES, SECLUDED, World
from tests.updates import test_service as of_updates

SIGNED_IN = "unconfirmed member author facilitator neighbour coordinator admin suspended"
MATRIX = {
    "nothing": {
        "site:visit": EVERYONE,
        "site:choose": EVERYONE,
        "site:ask": EVERYONE,
        "page:read": EVERYONE,
        "account:register": EVERYONE,
        "account:signed_in": SIGNED_IN,
        "account:administer": "admin",
        "reference:read": EVERYONE,
        "reference:edit": "coordinator",
        "idea:write": CONFIRMED,
        "idea:export": f"{TEAM} neighbour",
        "notice:read": SIGNED_IN,
        "notice:unsubscribe": EVERYONE,
        "invitation:accept": CONFIRMED,
        "invitation:open": EVERYONE,
        "journal:verify": EVERYONE,
        "search:ask": EVERYONE,
    },
    "community": {
        "community:read": EVERYONE,
        "community:join": CONFIRMED,
        "community:leave": SIGNED_IN,
        "community:moderate": TEAM,
        "sitting:open": TEAM,
        "community:edit": "coordinator",
        "community:grant": "coordinator admin",
        "community:invite": "",
        "community:part": "",
        "update:publish": TEAM,
    },
    "archived community": {
        "community:read": EVERYONE,
        "community:join": "",
        "community:leave": SIGNED_IN,
        "community:moderate": "coordinator",
        "sitting:open": "",
        "community:edit": "coordinator",
        "community:grant": "coordinator admin",
        "community:invite": "",
        "community:part": "",
        "update:publish": "",
    },
    "secluded community": {
        "community:read": "author coordinator",
        "community:join": "",
        "community:leave": "author coordinator",
        "community:moderate": "coordinator",
        "sitting:open": "coordinator",
        "community:edit": "coordinator",
        "community:grant": "coordinator",
        "community:invite": "coordinator",
        "community:part": "coordinator",
        "update:publish": "coordinator",
    },
    "frozen account": {"account:review": TEAM},
    "notice of the member": {"notice:open": "member"},
    "issue": {"reference:read": EVERYONE, "reference:edit": "coordinator"},
    "account of the member": {"account:read": EVERYONE, "account:manage": "member", "account:administer": "admin"},
    "account not confirmed": {"account:read": "", "account:manage": "unconfirmed", "account:administer": "admin"},
    "account closed": {"account:read": "", "account:manage": "", "account:administer": "admin"},
    "profile": {
        "profile:read": EVERYONE,
        "profile:read_own": "member",
        "profile:hide": "coordinator",
        "profile:restore": "",
    },
    "profile hidden": {
        "profile:read": "coordinator",
        "profile:read_own": "member",
        "profile:hide": "",
        "profile:restore": "coordinator",
    },
    "profile changed": {
        "profile:read": "coordinator",
        "profile:read_own": "member",
        "profile:hide": "coordinator",
        "profile:restore": "coordinator",
    },
    "profile of the coordinator": {
        "profile:read": "coordinator",
        "profile:read_own": "coordinator",
        "profile:hide": "",
        "profile:restore": "",
    },
    "profile closed": {"profile:read": "", "profile:read_own": "", "profile:hide": "", "profile:restore": ""},
    "thread": {"thread:post": CONFIRMED, "thread:lock": TEAM, "thread:unlock": "", "thread:slow": TEAM},
    "thread locked": {"thread:post": "", "thread:lock": "", "thread:unlock": TEAM, "thread:slow": TEAM},
    "thread closed": {"thread:post": "", "thread:lock": TEAM, "thread:unlock": "", "thread:slow": TEAM},
    "thread unseen": {"thread:post": "", "thread:lock": "", "thread:unlock": "", "thread:slow": ""},
}


@pytest.fixture
def everybody(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    make.community(slug=SECLUDED, is_private=True)
    return people | {"author": make.actor(member_of=[SECLUDED])}


def subject(make: Make, name: str, everybody: dict[str, Actor]) -> Any:
    """Return the thing that the line of the matrix is about."""
    kind, _space, state = name.partition(" ")
    if kind == "account":
        who = {"of the member": "member", "not confirmed": "unconfirmed"}.get(state)
        return db.session.get_one(User, everybody[who].id) if who else make.user(closed_at=clock.now(), active=False)
    if kind == "profile":
        who = everybody["coordinator" if state == "of the coordinator" else "member"].id
        user = make.user(closed_at=clock.now(), active=False) if state == "closed" else db.session.get_one(User, who)
        marks = {"hidden_at": clock.now()} if state and state != "closed" else {}
        make.add(Profile(author_id=user.id, changed_at=clock.now() if state == "changed" else None, **marks))
        return accounts.profile(user)
    if kind == "notice":
        return make.add(
            Notice(user_id=everybody["member"].id, kind="role.member", topic="security", pace="now", key="once")
        )
    if kind == "thread":
        columns = {"locked": {"locked_at": clock.now()}, "closed": {"is_open": False}, "unseen": {"is_public": False}}
        return make.at(make.thread(community=HERE), **columns[state]) if state else make.thread(community=HERE)
    room = make.community(archived_at=clock.now()).slug if kind == "archived" else HERE
    if kind == "frozen":
        user = make.user()
        return FrozenAccount(
            make.restriction(user, kind="freeze"), user.name, frozenset({catalogue().by_slug[HERE].id})
        )
    found: dict[str, Any] = {
        "nothing": None,
        "community": catalogue().by_slug[HERE],
        "secluded": catalogue().by_slug.get(SECLUDED),
        "archived": catalogue().by_slug.get(room),
        "issue": db.session.scalars(select(Issue)).first(),
    }
    return found[kind]


@pytest.mark.parametrize("name", MATRIX)
def test_each_right_is_had_by_exactly_those_named(make: Make, everybody: dict[str, Actor], name: str) -> None:
    thing = subject(make, name, everybody)
    compare(MATRIX[name], everybody, thing)


def test_every_right_is_in_a_matrix_in_writing(app: Any) -> None:
    names = {right for rights in MATRIX.values() for right in rights}
    names |= set(of_ideas.MATRIX["draft"])
    names |= set(of_answers.RIGHTS["asked"]) | set(of_answers.MANY["community"])
    names |= {right.name for right in [*of_comments.GRANTED["visible"], *of_updates.MATRIX["visible"]]}
    names |= {right for rights in of_administration.MATRIX.values() for right in rights}
    names |= of_cases.WRITTEN.keys() | of_appeals.WRITTEN.keys() | of_the_desk.WRITTEN.keys()
    names |= of_merges.ONE["published"].keys() | of_merges.TWO["both here"].keys()
    names |= of_measures.WRITTEN.keys() | of_changes.WRITTEN.keys()
    names |= {right for rights in of_the_plan.MATRIX.values() for right in rights}
    names |= of_links.WRITTEN.keys()
    assert names == Permission.book.keys()


def test_every_right_names_its_predicates(app: Any) -> None:
    for name, permission in Permission.book.items():
        assert permission.clauses and all(permission.clauses), name
        assert all(holds.__name__ != "<lambda>" for clause in permission.clauses for holds in clause), name


def test_the_book_is_printed_in_the_documentation(app: Any) -> None:
    assert book.FILE == HOUSE / "docs" / "permissions.md"
    assert book.FILE.read_text(encoding="utf-8") == book.page(), "write it anew: python -m tests.support.book"


TWINS = {
    Idea: (("idea:read",), ideas.readable_by, select(Idea)),
    Comment: (("comment:read", "comment:read_own"), comments.visible_to, select(Comment).join(Comment.thread)),
    Update: (("update:read", "update:read_own"), updates.readable_by, select(Update)),
    Action: (("action:read",), actions.readable_by, select(Action)),
    Bulletin: (("bulletin:read",), bulletins.readable_by, select(Bulletin).join(Bulletin.action)),
}


@pytest.mark.parametrize("model", TWINS)
def test_what_the_lists_show_is_what_the_law_says(make: Make, world: World, model: Any) -> None:
    """Each content that can be hidden has a twin of its law in SQL; they agree on the whole square, for everybody."""
    rights, twin, query = TWINS[model]
    actors = {"anyone": Actor(None)} | {who: make.actor(world.people[who]) for who in ROLES if who != "anyone"}
    for who, actor in actors.items():
        db.session.rollback()
        visible_ids = {row.id for row in db.session.scalars(query.where(twin(actor)))}
        permitted_ids = {row.id for row in rows(model) if any(can(actor, right, row) for right in rights)}
        assert visible_ids == permitted_ids and visible_ids, who


def rows(model: Any) -> list[Any]:
    if model is Comment:
        return [comments.present(row_id) for row_id in db.session.scalars(select(Comment.id))]
    with_action = [joinedload(Bulletin.action)] if model is Bulletin else []
    return list(db.session.scalars(select(model).options(*with_action)))


def test_every_content_that_can_be_hidden_has_its_twin() -> None:
    moderable = {mapper.class_ for mapper in Idea.registry.mappers if hasattr(mapper.class_, "in_sight")}
    # No list shows profiles: what is hidden of one is no longer in the account that lists read.
    assert moderable == TWINS.keys() | {Profile}
