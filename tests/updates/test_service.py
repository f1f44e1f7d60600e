from itertools import product

import pytest
from sqlalchemy import select

from app.comments import policy as comments
from app.comments.models import Thread
from app.communities import queries as communities
from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.updates import policy, queries, service
from app.updates.models import Update
from tests.support.law import EVERYONE, TEAM, compare

FIRST, OTHER = "securite-alimentaire", "transport-collectif"


def room(slug=FIRST):
    return communities.get_rooms().by_slug[slug]


def test_only_those_in_charge_publish_in_their_community(people):
    words = {"title": "Ce que nous avons fait", "body": "Voici"}
    with pytest.raises(Forbidden):
        service.publish(people["neighbour"], room(), **words)
    update = service.publish(people["facilitator"], room(), **words)
    assert update.author_id == people["facilitator"].id and queries.list_updates(ANYONE, room().id).items == [update]


def test_nothing_is_published_in_an_archived_community(make):
    archived_room = make.community(slug="ancienne", archived_at=clock.now())
    with pytest.raises(Forbidden):
        service.publish(make.actor(role="coordinator"), room(archived_room.slug), title="Trop tard pour cela", body="x")


def test_publishing_opens_a_thread_and_the_same_form_makes_one_update(make):
    actor = make.actor(facilitates=[FIRST])
    ids = [
        service.publish(
            actor, room(), title="Une **rencontre** a eu lieu", body="*Voici* la suite", lang="en", form_key="clef"
        ).id
        for _n in range(2)
    ]
    update = queries.get_update(ANYONE, ids[0], policy.READ)
    assert (
        len(set(ids)) == 1 and update.excerpt == "Voici la suite" and "<em>" in update.body_html and update.lang == "en"
    )
    thread = update.thread
    assert (thread.kind, thread.title, thread.community_id) == ("update", update.title, room().id)
    assert thread.is_public and thread.is_open and thread.author_id == actor.id


def test_an_author_in_charge_edits_their_own_and_the_thread_follows(make):
    author, colleague = make.user(), make.actor(facilitates=[FIRST])
    update = make.update(author=author, community=FIRST)
    with pytest.raises(Forbidden):
        service.edit(make.actor(author), update, title="Un autre titre", body="Autre")
    actor = make.actor(author, facilitates=[FIRST])
    service.edit(actor, update, title=update.title, body=update.body)
    assert update.edited_at is None and update.lang == "fr"
    service.edit(actor, update, title="Un autre titre", body="Autre", lang="en")
    assert (
        update.edited_at
        and db.session.get_one(Thread, update.thread_id).title == "Un autre titre"
        and update.lang == "en"
    )
    with pytest.raises(Forbidden):
        service.edit(colleague, update, title="Un autre titre", body="Autre")


def test_deleting_and_hiding_close_the_thread(make, author):
    update, actor = make.update(author=author, community=FIRST), make.actor(author, facilitates=[FIRST])
    member = make.actor()
    with pytest.raises(Forbidden):
        service.hide(actor, update, reason="Erreur de lieu")
    colleague = make.actor(facilitates=[FIRST])
    service.hide(colleague, update, reason="Erreur de lieu")
    thread = db.session.get_one(Thread, update.thread_id)
    assert not thread.is_public and not comments.POST.permits(member, thread)
    with pytest.raises(Forbidden):
        service.edit(actor, update, title="Un autre titre", body="Autre")
    service.restore(colleague, update)
    assert comments.POST.permits(member, db.session.get_one(Thread, update.thread_id))
    service.delete(actor, update)
    assert not db.session.get_one(Thread, update.thread_id).is_public
    with pytest.raises(NotFound):
        queries.get_update(actor, update.id, policy.READ)
    for act in (service.delete, service.restore, lambda who, what: service.hide(who, what, reason="x")):
        with pytest.raises(Forbidden):
            act(actor, update)


def test_the_lists_reads_what_the_law_says(make, people):
    author, now = make.user(), clock.now()
    states = ({}, {"hidden_at": now}, {"deleted_at": now}, {"hidden_at": now, "deleted_at": now})
    for slug, columns, writer in product((FIRST, OTHER), states, (author, make.user())):
        make.update(author=writer, community=slug, **columns)
    for name, actor in (people | {"author": make.actor(author)}).items():
        in_sql = set(db.session.scalars(select(Update.id).where(queries.readable_by(actor))))
        by_law = {
            row.id for row in db.session.scalars(select(Update)) if (policy.READ | policy.READ_OWN).permits(actor, row)
        }
        assert in_sql == by_law and len(in_sql) >= 4, name


NOTHING = dict.fromkeys((policy.READ, policy.READ_OWN, policy.EDIT, policy.DELETE, policy.HIDE, policy.RESTORE), "")
LAW = {
    "visible": NOTHING | {policy.READ: EVERYONE.replace(" author", ""), policy.HIDE: TEAM},
    "hidden": NOTHING | {policy.READ: TEAM, policy.RESTORE: TEAM},
    "deleted": NOTHING,
}


@pytest.mark.parametrize("state", LAW)
def test_the_matrix_of_an_update(make, people, state):
    columns = {"visible": {}, "hidden": {"hidden_at": clock.now()}, "deleted": {"deleted_at": clock.now()}}[state]
    compare(LAW[state], people, make.update(community=FIRST, **columns))


def test_a_list_goes_from_the_last_to_the_first_by_pages(make, author):
    ids = [make.update(author=author, community=FIRST).id for _n in range(25)]
    make.update(community=FIRST, hidden_at=clock.now())
    make.update(community=OTHER)
    first = queries.list_updates(ANYONE, room().id)
    rest = queries.list_updates(ANYONE, room().id, after=first.next)
    assert [row.id for row in [*first.items, *rest.items]] == ids[::-1] and rest.next is None and not rest.is_first


def test_the_last_updates_of_all_communities(make):
    ids = [make.update(community=slug).id for slug in (FIRST, OTHER, FIRST)]
    make.update(hidden_at=clock.now())
    assert [row.id for row in queries.list_latest(ANYONE, size=2)] == ids[::-1][:2]


@pytest.mark.parametrize("n", [1, 20])
def test_a_list_is_one_question(make, count_queries, n, author):
    for _n in range(n):
        make.update(author=author, community=FIRST)
    room_id = room().id
    with count_queries() as statements:
        assert [update.author.name for update in queries.list_updates(ANYONE, room_id).items] == [author.name] * n
    assert len([statement for statement in statements if "updates" in statement]) == 1
