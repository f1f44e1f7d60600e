"""A word hidden in what is not for everybody, then every notice of the plan to everybody: who reads it, on the site and by mail."""

import re
from itertools import product
from typing import Any

from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.notifications.models import Notice
from app.notifications.topics import WITH_ACTION, get_topic, kinds_told
from app.plan.models.structure import Action
from app.plan.queries import plans as plan_queries
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.crawl.canaries import ALLOWED, CHARGE
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import HERE, ROLES, World

DIRECT = ("link.open", "link.accepted", "link.declined", "idea.back", "charge.action", "charge.action_ended")
STATES = ("published", "draft", "pending", "hidden", "deleted", "private")
OF_THE_PLAN = {
    "canari-action-vue": set(ROLES),
    "canari-action-masquee": CHARGE,
    "canari-dit-vu": set(ROLES),
    "canari-dit-masque": set(),
    "canari-dit-sous-masquee": set(),
}


def add_plan(make: Make) -> list[tuple[int, int]]:
    """Publish two actions and three bulletins, of which some are hidden; return the pairs of their numbers."""
    plans = MakePlan(make)
    plan = plans.plan(
        *(action_of(f"Une action canari-action-{word}", 1, community=HERE) for word in ("vue", "masquee"))
    )
    seen, hidden = (db.session.get_one(Action, number) for number in sorted(plan_queries.list_action_ids(plan)))
    said = [
        plans.say(action, f"On en est là, canari-dit-{word}.")
        for action, word in ((seen, "vu"), (seen, "masque"), (hidden, "sous-masquee"))
    ]
    for thing in (said[1], hidden):
        make.at(thing, hidden_at=time.now(), hidden_reason="hors du sujet")
    return [(bulletin.action_id, bulletin.id) for bulletin in said]


def test_nobody_is_told_by_the_plan_a_word_that_is_not_for_them(
    make: Make, world: World, people: dict[str, Browser], outbox: Any, clock: Any
) -> None:
    """Each person is told of each action and each bulletin, by each idea, as if it led to them."""
    members = {role: world.people[role] for role in ("member", "author", "facilitator")}
    pairs, ideas = add_plan(make), [None, *(world.ideas[state].id for state in STATES)]
    every_one = product(members.values(), (*kinds_told(WITH_ACTION), *DIRECT), ideas, pairs)
    rows = [
        Notice(
            user_id=user.id,
            kind=kind,
            topic=get_topic(kind),
            pace="now" if bulletin_id % 2 else "daily",
            key=f"{kind}-{idea_id}-{bulletin_id}-{user.id}",
            idea_id=idea_id,
            action_id=action_id,
            bulletin_id=bulletin_id if kind.startswith("chain") else None,
            facts={"number": 2, "due": "2027-01-01", "reason": "Un motif."},
        )
        for user, kind, idea_id, (action_id, bulletin_id) in every_one
    ]
    with unit():
        db.session.add_all(rows)
    texts = dict.fromkeys(members, "")
    for role in members:
        path = "/notifications"
        while path:
            page = people[role].get(path)
            texts[role] += page.text
            more = page.soup.select_one("a[href*='after=']")
            path = more["href"] if more else ""
    clock.forward(days=2)
    write_mails(), write_summaries()
    for role, user in members.items():
        text = texts[role] + "".join(mail.subject + mail.text + mail.html for mail in outbox.to(user.email))
        assert "canari-dit-vu" in text and "canari-idee-published" in text
        wrong = [
            word
            for word, readers in (ALLOWED | OF_THE_PLAN).items()
            if role not in readers and re.search(rf"{word}(?![\w-])", text)
        ]
        assert not wrong, f"{role}: {wrong}"
