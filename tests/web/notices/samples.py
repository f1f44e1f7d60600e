"""Every notice there is, as somebody may be told it: by kind, by who they are to its thing, one and many."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core import clock
from app.notifications.models import Notice
from app.notifications.topics import get_topic
from app.plan.models.structure import Action, Plan
from app.plan.queries import actions
from app.reference.models import Tag
from tests import matrix
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import every
from tests.support.world import HERE

KINDS_OF_IDEA = ("aspiration", "need", "idea", "project")
INTENTS = (None, "wonder", "suggest", "offer")
ROLES = ("author", "supporter", "follower")
WHY = "Le texte donne un numéro de téléphone."


@dataclass
class Telling:
    """A notice, and to whom it is told: who they are to its thing, in a word."""

    who: str
    notice: Notice


class Tellings:
    """All notices of a person who wrote, follows, keeps an action up to date, and has a charge."""

    def __init__(self, make: Make, language: str) -> None:
        self.make, self.plans, self.count = make, MakePlan(make), 0
        self.reader = make.user("Rita Lecture", locale=language, role="coordinator")
        self.other, self.member = make.user("Odile Roy"), make.user("Simon Ferland", shows_about=True, about="Bonjour.")
        self.own = {kind: make.idea(self.reader, HERE, kind=kind, title=f"Un titre ({kind})") for kind in KINDS_OF_IDEA}
        self.others = {
            kind: make.idea(self.other, HERE, kind=kind, title=f"Un titre ({kind})") for kind in KINDS_OF_IDEA
        }
        plan = self.plans.plan(action_of("Un autobus du soir", 2), action_of("Une tournée d'épicerie", 2))
        self.held, self.followed = plan_actions(plan)
        self.plans.holder(self.held, self.reader)
        self.version = 2
        self.news = make.update(self.other, HERE, "Nos travaux de mai")
        self.own_news = make.update(self.reader, HERE, "Nos travaux de juin")
        self.tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
        make.idea(self.other, HERE, tags=[self.tag])
        self.room = make.room(HERE).id

    def list_all(self) -> list[Telling]:
        return [
            *self._talk(),
            *self._follows(),
            *self._ideas(),
            *self._joined(),
            *self._accounts(),
            *(one for tell in matrix.words("tell") for one in tell(self)),
        ]

    def tell(self, who: str, kind: str, thing: Any = None, **more: Any) -> Telling:
        self.count += 1
        columns = {
            name: more.pop(name)
            for name in ("action_id", "bulletin_id", "idea_id", "comment_id", "update_id", "event_id")
            if name in more
        }
        if thing is not None:
            columns[f"{type(thing).__name__.lower()}_id"] = thing.id
        return Telling(
            who,
            self.make.add(
                Notice(
                    key=f"told:{self.count}",
                    user_id=self.reader.id,
                    kind=kind,
                    topic=get_topic(kind),
                    pace="now",
                    facts=more,
                    **columns,
                )
            ),
        )

    def _talk(self) -> Iterator[Telling]:
        for intent in INTENTS:
            for name, thing in (
                ("author", self.own["need"]),
                ("author", self.own["aspiration"]),
                ("author", self.own_news),
                ("holder", self.held),
            ):
                yield self.tell(
                    name, "comment.post", self.make.comment(thing, self.other, "Je conduis.", intent=intent)
                )
            for thing in (self.others["need"], self.others["idea"], self.news, self.followed):
                yield self.tell(
                    "follower", "follow.comment", self.make.comment(thing, self.member, "Moi aussi.", intent=intent)
                )
            yield self.tell(
                "author", "comment.reply", self.make.comment(self.others["project"], self.member, "Oui.", intent=intent)
            )
        used = self.make.comment(self.others["need"], self.reader, "Le mercredi.", used_at=clock.now())
        yield self.tell("author", "comment.used", used)

    def _follows(self) -> Iterator[Telling]:
        community, issue = {"by": "community", "of": self.room}, {"by": "issue", "of": 1}
        ways = {
            "member": community | {"by": "member"},
            "community": community,
            "tag": {"by": "tag", "of": self.tag.id},
            "issue": issue,
            "territory": {"by": "territory", "of": 1},
            "": {},
        }
        for who, facts in ways.items():
            yield self.tell(f"follower by {who}", "follow.idea", self.others["need"], **facts)
        yield self.tell("follower", "follow.idea", self.others["aspiration"], drawn=True, **community)
        yield self.tell("follower", "follow.update", self.news)
        for kind in KINDS_OF_IDEA:
            yield self.tell("follower", "follow.step", self.others[kind], status="retained", reason="On le fait.")
        yield self.tell("follower", "follow.step", self.others["need"], status="withdrawn", reason="")
        for more in ({}, {"back": True}):
            yield self.tell("follower", "follow.merge", self.others["need"], beside=self.others["idea"].id, **more)
        yield self.tell("follower", "follow.part", self.others["need"], beside=self.others["idea"].id)

    def _ideas(self) -> Iterator[Telling]:
        for kind in KINDS_OF_IDEA:
            yield self.tell("author", "status", self.own[kind], status="under_review", reason="On en parle en mai.")
            yield self.tell("author", "status", self.own[kind], status="retained", reason="On commence.")
            yield self.tell("author", "status", self.own[kind], status="achieved", reason="C'est fait.")
            yield self.tell("author", "support.first", self.own[kind])
            self.make.vote(self.other, self.own[kind], is_named=True)
            yield self.tell("author", "support.first", self.own[kind], supporter=self.other.id)
        for facts in ({"status": "declined"}, {"status": "archived"}, {"status": "under_review", "stays": True}):
            yield self.tell("author", "status", self.own["need"], reason="Il manque d'argent.", **facts)
        for count in (1, 10):
            yield self.tell("author", "support.tens", self.own["idea"], count=count)
        for status in ("retained", "withdrawn"):
            yield self.tell(
                "author of one joined", "status.joined", self.others["need"], status=status, reason="On le fait."
            )
        secret = self.make.idea(self.other, HERE, deleted_at=clock.now())
        yield self.tell("author, out of sight", "status", secret, status="retained", reason="")
        yield self.tell("author of one joined, out of sight", "status.joined", secret, status="retained", reason="")

    def _joined(self) -> Iterator[Telling]:
        other = self.others["idea"].id
        for kind in ("need", "aspiration"):
            yield self.tell("author", "merge.author", self.own[kind], beside=other, reason=WHY)
            yield self.tell("author", "merge.received", self.own[kind], beside=other)
            yield self.tell(
                "supporter", "merge.support", self.others["project"], beside=self.others[kind].id, reason=WHY
            )
            yield self.tell("author", "part.author", self.own[kind], beside=other)
            alone = {"beside": other, "unsupported": True}
            yield self.tell("author of one without support", "merge.author", self.own[kind], reason=WHY, **alone)
            yield self.tell("author of one without support", "part.author", self.own[kind], **alone)
            yield self.tell("supporter", "part.support", self.others[kind], beside=other)
        yield self.tell("author", "merge.author", self.own["need"], beside=self.own["idea"].id, reason=WHY, back=True)
        yield self.tell(
            "supporter", "merge.support", self.others["project"], beside=self.others["need"].id, reason=WHY, back=True
        )
        yield self.tell("author", "split.author", self.own["need"], beside=self.own["idea"].id, reason=WHY)

    def _accounts(self) -> Iterator[Telling]:
        for kind in ("account.suspended", "account.restored", "account.second_factor"):
            yield self.tell("person", kind, reason=WHY)
        for kind in ("account.signed_out", "role.member", "role.coordinator", "role.admin"):
            yield self.tell("person", kind)
        for kind in ("charge.given", "charge.withdrawn"):
            yield self.tell("person", kind, community=self.room)
        yield self.tell("person", "member.removed", community=self.room, reason=WHY)


def plan_actions(plan: Plan) -> list[Action]:
    """Return the actions of a plan, in their order."""
    return every(Action, Action.plan_id == plan.id)


def milestones(action: Action) -> list[int]:
    return [milestone.id for milestone in actions.list_milestones(action.id)]


def tell(make: Make, person: Any, kind: str, n: int, **columns: Any) -> Notice:
    notice: Notice = make.add(
        Notice(key=f"{kind}:{n}", user_id=person.id, kind=kind, topic=get_topic(kind), pace="site", **columns)
    )
    return notice


def read_ids() -> set[int]:
    return {notice.id for notice in every(Notice, Notice.read_at.is_not(None))}


def bell(page: Any) -> str:
    return str(page.soup.select_one(".bell svg")["aria-label"]).replace("\xa0", " ").replace("\u202f", " ")
