"""The plan of the demonstration: its versions, who keeps each action up to date, and what happened to each action.

Like what the teams did, it goes through the acts of anybody, each dated from the story's day (`facilitation.perform`).
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.queries import reading
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.core.unit import command
from app.ideas.models import Idea
from app.notifications.service import follows
from app.operations.demo import book, outlines
from app.plan import policy
from app.plan.models.links import LinkPair, UpdateLink
from app.plan.models.structure import Action, Plan
from app.plan.queries import actions as queries
from app.plan.queries import plans
from app.plan.service import bulletins, holders, links, publishing
from app.plan.service.bulletins import BulletinWords, Completion, Measurement
from app.updates.models import Update

Fact = dict[str, Any]


def list_facts() -> list[Fact]:
    """Return what happened to the plan, each with its key and its date: versions, charges, the life of each action.

    The link of a need stands with the need.
    """
    plan = book.load("plan")
    versions = [
        fact | {"key": f"version-{number}", "act": "version", "number": number}
        for number, fact in enumerate(plan["versions"], 1)
    ]
    lives = [fact for action in outlines.list_actions(plan) for fact in _list_life(action, versions)]
    return [*versions, *lives, *_list_links()]


def _list_links() -> Iterator[Fact]:
    for need in book.load(book.NEEDS):
        if "link" in need:
            yield need["link"] | {"key": f"{need['key']}-link", "act": "link", "idea": need["key"]}


def _list_life(action: Fact, versions: list[Fact]) -> Iterator[Fact]:
    """Yield what happened to one action; its holder is named as soon as a version holds it.

    What an update says of an action has no date of its own: it is that of the update.
    """
    begun = versions[action["version"] - 1]
    common = {"action": action["key"], "days_ago": begun["days_ago"], "time": begun["time"]}
    if "holder" in action:
        yield common | {"key": f"{action['key']}-holder", "act": "holder", "by": begun["by"], "user": action["holder"]}
    for number, fact in enumerate(action["life"], 1):
        yield common | {"key": f"{action['key']}-{number}", "by": action.get("holder")} | fact


def list_acts(user_ids: dict[str, int], day: datetime) -> list[tuple[datetime, Callable[[], None]]]:
    """Return the acts that were never done, with the moment of each."""
    existing_ids = book.get_ids("plan")
    return [
        (book.moment(day, fact), partial(_do, fact, user_ids, day))
        for fact in list_facts()
        if fact["key"] not in existing_ids
    ]


@command
def _do(fact: Fact, user_ids: dict[str, int], day: datetime) -> None:
    """Do one act as its person, if what it is about is there."""
    row_id: int | None
    if fact["act"] == "version":
        row_id = _publish(actor_for(db.session.get_one(User, user_ids[fact["by"]])), fact, day)
    elif fact["act"] == "update":
        row_id = _concern(fact)
    else:
        actor = actor_for(db.session.get_one(User, user_ids[fact["by"]]))
        action = db.session.get_one(Action, book.get_ids("action")[fact["action"]])
        row_id = ACTS[fact["act"]](actor, action, fact | {"day": day, "user_ids": user_ids})
    book.note("plan", fact["key"], row_id or 0)


def _publish(actor: Actor, fact: Fact, day: datetime) -> int:
    """Publish a version of the plan, which the first one begins."""
    plan_id, content = book.get_ids("plan").get("version-1"), book.load("plan")
    outline = outlines.build(content, day, fact["number"])
    if plan_id is None:
        plan = publishing.begin(
            actor,
            title=outline.title,
            starts_on=date.fromisoformat(outline.starts_on),
            ends_on=date.fromisoformat(outline.ends_on),
            summary=outline.summary,
        )
    else:
        plan = db.session.get_one(Plan, plan_id)
    outlines.keep_ids(outline, plans.get_published_outline(plan))
    publishing.publish(actor, plan, outline, reason=fact["words"])
    for part in outline.actions():
        book.note("action", part.code, part.id)
    return plan.id


def _concern(fact: Fact) -> int:
    """Say that an update concerns an action, as its author did when it was published."""
    update = db.session.get(Update, book.get_ids("update").get(fact["update"], 0))
    if update is None:
        return 0
    row = UpdateLink(
        update_id=update.id,
        action_id=book.get_ids("action")[fact["action"]],
        by_id=update.author_id,
        at=update.published_at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _name(actor: Actor, action: Action, fact: Fact) -> None:
    holders.appoint(actor, action, db.session.get_one(User, fact["user_ids"][fact["user"]]))


def _report(actor: Actor, action: Action, fact: Fact) -> int:
    """Say where an action is; milestones and indicators are named by their place, from 1."""
    milestones, indicators = queries.list_milestones(action.id), queries.list_indicators(action.id)
    today = (fact["day"] - timedelta(days=fact["days_ago"])).date()
    completions = [
        Completion(milestones[one["milestone"] - 1].id, today, one["proof"], one.get("url", ""))
        for one in fact.get("reached", ())
    ]
    measurements = [Measurement(indicators[place - 1].id, today, value) for place, value in fact.get("values", ())]
    return bulletins.post(
        actor,
        action,
        BulletinWords(
            fact["words"],
            blocker=fact.get("blocker", ""),
            state=fact.get("state", ""),
            completions=completions,
            measurements=measurements,
        ),
    ).id


def _link(actor: Actor, action: Action, fact: Fact) -> int:
    """Link an idea to an action, or propose it; nothing where people made something else of the idea since."""
    idea = db.session.get(Idea, book.get_ids("idea").get(fact["idea"], 0))
    act, law = LINKING[fact["act"]]
    is_possible = idea is not None and law.permits(actor, LinkPair(idea, action))
    return act(actor, idea, action, reason=fact["words"]).id if is_possible else 0


def _say(actor: Actor, action: Action, fact: Fact) -> int:
    return comments.post(actor, reading.lock_thread(action.thread_id), body=fact["words"], intent=fact.get("intent")).id


def _follow(actor: Actor, action: Action, fact: Fact) -> None:
    follows.follow(actor, "thread", action.thread_id, fact["level"])


LINKING: dict[str, tuple[Callable[..., Any], Any]] = {
    "link": (links.make, policy.MAKE_LINK),
    "propose": (links.propose, policy.PROPOSE_LINK),
}
ACTS: dict[str, Callable[[Actor, Action, Fact], int | None]] = {
    "holder": _name,
    "bulletin": _report,
    "link": _link,
    "propose": _link,
    "say": _say,
    "follow": _follow,
}
