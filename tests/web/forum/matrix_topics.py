"""The topics of forums, which `author` pitched. `member` and `author` have a place where people write."""

from dataclasses import replace
from typing import Any

from app.core.actor import ANYONE, Actor
from app.forum import policy
from app.forum.models import ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.matrix import ON_PAGE, TEAM, Row
from tests.support.clock import LONG_AGO
from tests.support.law import EVERYONE
from tests.support.world import HERE
from tests.web.forum.matrix import FORUM, SEEN

TOPIC = f"{FORUM}/topics/<id:topic_id>"
RUNNING, UNSEEN = "published convergence", "draft closed cancelled hidden deleted"
# The codes of their places, the same each time.
CODES = ("MEMBRE", "AUTEUR")
PARTICIPANTS, HOSTS = f"member author {TEAM}", f"author {TEAM}"
OWN: dict[str, dict[str, Any]] = {
    "topic_waiting": {"state": "waiting"},
    "topic_withdrawn": {"state": "withdrawn"},
    "topic_hidden": {"hidden_at": LONG_AGO, "hidden_reason": "Une erreur"},
    "topic_deleted": {"deleted_at": LONG_AGO},
}
"""Each state of a topic of its own, in a published forum."""
PITCHED = {"title": "Un sujet à mettre au mur", "why": "Parce qu'il le faut.", "form_key": "une-clef"}
EDITED = PITCHED | ON_PAGE
COPIED = {"lines": "Un autre sujet", "form_key": "une-clef"}
HANDS, SAID = {"hands": "4"}, {"announcement": "Dîner à midi"}


def page(path: str, live: str, changes: str, data: dict[str, Any], may: str) -> list[Row]:
    """Return the rows of a form of participants, without an account too: nobody is sent to sign in."""
    return [
        Row(f"GET {path}", live, f"200 {may}; 404 *"),
        Row(f"POST {path}", live, f"303 {may}; 404 *", changes, data),
        # Nobody has a place at the meeting of the private community.
        Row(f"GET {path}", "private", "200 coordinator; 404 *"),
        Row(f"POST {path}", "private", "303 coordinator; 404 *", changes, data),
    ]


def none(
    path: str, states: str, data: dict[str, Any] | None = None, *, is_team: bool = False, page: bool = True
) -> list[Row]:
    """Return the rows of what nobody may do in these states."""
    rows = [Row(f"POST {path}", states, "401 anyone; 404 *" if is_team else "404 *", data=data or {})]
    return [Row(f"GET {path}", states, "303 anyone; 404 *" if is_team else "404 *")] * page + rows


ROUTES = [
    *page(f"{FORUM}/topics/new", RUNNING, "forum_topics", PITCHED, PARTICIPANTS),
    *none(f"{FORUM}/topics/new", UNSEEN, PITCHED),
    Row(f"GET {TOPIC}", f"{SEEN} topic_withdrawn", "200 *"),
    Row(f"GET {TOPIC}", "draft", f"200 {TEAM}; 404 *"),
    Row(f"GET {TOPIC}", "hidden topic_waiting topic_hidden", f"200 {HOSTS}; 404 *"),
    Row(f"GET {TOPIC}", "deleted topic_deleted", "404 *"),
    Row(f"GET {TOPIC}", "private", "200 member author coordinator; 404 *"),
    *page(f"{TOPIC}/edit", f"{RUNNING} topic_waiting", "forum_topics", EDITED, HOSTS),
    *none(f"{TOPIC}/edit", f"{UNSEEN} topic_hidden topic_deleted", EDITED),
    Row(f"GET {TOPIC}/edit", "topic_withdrawn", "404 *"),
    Row(f"POST {TOPIC}/edit", "topic_withdrawn", f"409 {HOSTS}; 404 *", data=EDITED),
    *page(f"{TOPIC}/withdrawal", RUNNING, "forum_topics", {}, HOSTS),
    Row(f"GET {TOPIC}/withdrawal", "topic_waiting", "200 author; 404 *"),
    Row(f"POST {TOPIC}/withdrawal", "topic_waiting", "303 author; 404 *", "forum_topics"),
    *none(f"{TOPIC}/withdrawal", f"{UNSEEN} topic_hidden topic_deleted"),
    Row(f"GET {TOPIC}/withdrawal", "topic_withdrawn", "404 *"),
    Row(f"POST {TOPIC}/withdrawal", "topic_withdrawn", f"303 {HOSTS}; 404 *"),
    Row(f"POST {TOPIC}/interest", RUNNING, "303 member; 404 *", "forum_interests forum_folds forum_topics"),
    # Nothing was pressed yet.
    Row(f"POST {TOPIC}/interest/withdrawal", RUNNING, "303 member; 404 *", "forum_folds"),
    Row(f"POST {TOPIC}/hosting", RUNNING, "303 member; 404 *", "forum_topic_hosts notices"),
    # Nobody offered yet.
    Row(f"POST {TOPIC}/hosting/withdrawal", RUNNING, "303 member; 404 *"),
    Row(f"POST {TOPIC}/hosts", f"{RUNNING} topic_withdrawn", f"303 {HOSTS}; 404 *"),
    Row(f"POST {TOPIC}/hosts", "private", "303 coordinator; 404 *"),
    *none(f"{TOPIC}/hosts", f"{UNSEEN} topic_waiting topic_hidden topic_deleted", page=False),
    *(
        row
        for path in (
            f"{TOPIC}/interest",
            f"{TOPIC}/interest/withdrawal",
            f"{TOPIC}/hosting",
            f"{TOPIC}/hosting/withdrawal",
        )
        for row in (
            Row(f"POST {path}", "topic_withdrawn", "303 member; 404 *"),
            *none(path, f"{UNSEEN} private topic_waiting topic_hidden topic_deleted", page=False),
        )
    ),
    Row(f"POST {TOPIC}/hands", RUNNING, f"401 anyone; 303 {TEAM}; 404 *", "forum_topics", HANDS),
    Row(f"POST {TOPIC}/hands", "private", "401 anyone; 303 coordinator; 404 *", "forum_topics", HANDS),
    *none(f"{TOPIC}/hands", f"{UNSEEN} topic_waiting topic_hidden topic_deleted", HANDS, is_team=True, page=False),
    Row(f"POST {TOPIC}/hands", "topic_withdrawn", f"401 anyone; 409 {TEAM}; 404 *", data=HANDS),
    Row(f"GET {TOPIC}/joining", RUNNING, f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"GET {TOPIC}/joining", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"GET {TOPIC}/joining", "topic_withdrawn", "303 anyone; 404 *"),
    # No other topic is on the wall of these forums.
    Row(f"POST {TOPIC}/joining", f"{RUNNING} topic_withdrawn", f"401 anyone; 422 {TEAM}; 404 *", data={"topic": "1"}),
    Row(f"POST {TOPIC}/joining", "private", "401 anyone; 422 coordinator; 404 *", data={"topic": "1"}),
    *none(f"{TOPIC}/joining", f"{UNSEEN} topic_waiting topic_hidden topic_deleted", is_team=True),
    Row(f"POST {TOPIC}/opening", "topic_waiting", f"401 anyone; 303 {TEAM}; 404 *", "forum_topics"),
    Row(f"POST {TOPIC}/opening", f"{RUNNING} topic_withdrawn", f"401 anyone; 303 {TEAM}; 404 *"),
    Row(f"POST {TOPIC}/opening", "private", "401 anyone; 303 coordinator; 404 *"),
    Row(f"POST {TOPIC}/opening", f"{UNSEEN} topic_hidden topic_deleted", "401 anyone; 404 *"),
    Row(f"GET {FORUM}/wall", RUNNING, f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"POST {FORUM}/wall", RUNNING, f"401 anyone; 303 {TEAM}; 404 *", "forum_topics", COPIED),
    Row(f"GET {FORUM}/wall", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {FORUM}/wall", "private", "401 anyone; 303 coordinator; 404 *", "forum_topics", COPIED),
    *none(f"{FORUM}/wall", UNSEEN, COPIED, is_team=True),
    Row(f"GET {FORUM}/now", SEEN, "200 *"),
    Row(f"GET {FORUM}/now", "draft", f"200 {TEAM}; 404 *"),
    Row(f"GET {FORUM}/now", "hidden", f"200 {HOSTS}; 404 *"),
    Row(f"GET {FORUM}/now", "deleted", "404 *"),
    Row(f"GET {FORUM}/now", "private", "200 member author coordinator; 404 *"),
    # No topic of the square has a room: who goes there is told so.
    Row(f"POST {TOPIC}/going", f"{RUNNING} topic_withdrawn", "303 member author; 404 *"),
    *none(f"{TOPIC}/going", f"{UNSEEN} private topic_waiting topic_hidden topic_deleted", page=False),
    Row(f"POST {FORUM}/pause", RUNNING, "303 member author; 404 *"),
    *none(f"{FORUM}/pause", f"{UNSEEN} private", page=False),
    Row(f"GET {FORUM}/announcement", RUNNING, f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"POST {FORUM}/announcement", RUNNING, f"401 anyone; 303 {TEAM}; 404 *", "forums", SAID),
    Row(f"GET {FORUM}/announcement", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {FORUM}/announcement", "private", "401 anyone; 303 coordinator; 404 *", "forums", SAID),
    *none(f"{FORUM}/announcement", UNSEEN, SAID, is_team=True),
]
LAW = {
    "participant": {
        "forum:pitch": PARTICIPANTS,
        "forum:copy_wall": TEAM,
        "forum:take_pause": "member author",
        "topic:go": "member author",
        "forum:announce": TEAM,
        "topic:read": EVERYONE,
        "topic:edit": HOSTS,
        "topic:withdraw": HOSTS,
        "topic:be_interested": "member",
        "topic:offer_to_host": "member",
        "topic:accept_host": HOSTS,
        "topic:count_hands": TEAM,
        "topic:join": TEAM,
    },
    "participant before a topic that waits": {"topic:admit": TEAM},
}
VARIABLES = {
    "forum_id": lambda world, state: world.forums.get(state, world.forums["published"]).id,
    "topic_id": lambda world, state: world.topics[state].id,
}
NEEDED = {"forum_topics": {"state": "open", "hands": 0, "interest_count": 0, "host_name": ""}}
EDITS = {f"{TOPIC}/edit"}
FORMLESS = {
    f"POST {TOPIC}/interest/withdrawal": "nobody is interested on the square: tests/web/forum/test_topics.py",
    f"POST {TOPIC}/hosting/withdrawal": "nobody offered on the square: tests/web/forum/test_topics.py",
    f"POST {TOPIC}/hosts": "nobody offered on the square: tests/web/forum/test_topics.py",
    f"POST {TOPIC}/going": "no topic of the square has a room: tests/web/forum/test_now.py",
    f"POST {FORUM}/pause": "the first hour of the square is for all together: tests/web/forum/test_now.py",
}


def subject(make: Any, people: dict[str, Actor], name: str) -> Any:
    """Return who each person is before a topic of `author`, where `member` and `author` have a place."""
    forum = forum_in(make, event=event_in(make, room=make.room(HERE)))
    topic = topic_in(make, forum, author_id=people["author"].id, state="waiting" if "waits" in name else "open")
    places = {people[who].id: place_in(make, forum, user_id=people[who].id) for who in ("member", "author")}
    found = Participant(forums.get_forum(ANYONE, forum.id, policy.READ), None, topic)
    return lambda actor: replace(found, registration=places.get(actor.id))


def add(make: Any, world: Any) -> None:
    """A topic in each forum, and one in each state of its own; the other one that it may be joined to comes first."""
    places = [world.people[who].id for who in ("member", "author")]
    for state in RUNNING.split():
        for n, user_id in enumerate(places):
            place_in(make, world.forums[state], user_id=user_id, code=CODES[n])
    world.topics = {state: _topic(make, world, forum, state) for state, forum in world.forums.items()}
    shown = world.forums["published"]
    for state, columns in OWN.items():
        world.topics[state] = _topic(make, world, shown, state, **columns)


def _topic(make: Any, world: Any, forum: Any, name: str, **columns: Any) -> ForumTopic:
    words = {"title": f"Un sujet canari-sujet-{name}", "why": f"Pour dire canari-raison-{name}"}
    return topic_in(make, forum, author_id=world.people["author"].id, **words, **columns)


def _pages(square: Any, state: str, *ends: str) -> list[str]:
    return [f"/forums/{square.topics[state].forum_id}/topics/{square.topics[state].id}{end}" for end in ends]


PAGES = {
    "anyone": lambda square: [
        f"/forums/{square.forums['published'].id}/now",
        *_pages(square, "published", ""),
        *_pages(square, "topic_withdrawn", ""),
    ],
    "member": lambda square: [
        *_pages(square, "published", ""),
        *_pages(square, "private", ""),
        f"/forums/{square.forums['published'].id}/topics/new",
    ],
    "author": lambda square: [
        *_pages(square, "published", "", "/edit", "/withdrawal"),
        *_pages(square, "topic_waiting", ""),
        *_pages(square, "topic_hidden", ""),
    ],
    "facilitator": lambda square: [
        *_pages(square, "published", "", "/edit", "/withdrawal", "/joining"),
        *_pages(square, "topic_waiting", ""),
        *(f"/forums/{square.forums['published'].id}{end}" for end in ("/topics/new", "/wall", "/announcement")),
    ],
}
