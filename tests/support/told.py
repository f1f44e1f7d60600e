"""Every notice there is, as somebody may be told it: by kind, by who they are to its thing, one and many."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core import clock
from app.moderation.measures.models import Measure
from app.notifications.models import Notice
from app.notifications.topics import topic_of
from app.plan.models.structure import Action, Plan
from app.plan.queries import actions
from app.plan.service.bulletins import Completion
from app.reference.models import Tag
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import every
from tests.support.world import ELSEWHERE, HERE

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
            *self._plan(),
            *self._measures(),
            *self._reports(),
            *self._desk(),
            *self._accounts(),
        ]

    def _tell(self, who: str, kind: str, thing: Any = None, **more: Any) -> Telling:
        self.count += 1
        columns = {
            name: more.pop(name)
            for name in ("action_id", "bulletin_id", "idea_id", "comment_id", "update_id")
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
                    topic=topic_of(kind),
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
                yield self._tell(
                    name, "comment.post", self.make.comment(thing, self.other, "Je conduis.", intent=intent)
                )
            for thing in (self.others["need"], self.others["idea"], self.news, self.followed):
                yield self._tell(
                    "follower", "follow.comment", self.make.comment(thing, self.member, "Moi aussi.", intent=intent)
                )
            yield self._tell(
                "author", "comment.reply", self.make.comment(self.others["project"], self.member, "Oui.", intent=intent)
            )
        used = self.make.comment(self.others["need"], self.reader, "Le mercredi.", used_at=clock.now())
        yield self._tell("author", "comment.used", used)

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
            yield self._tell(f"follower by {who}", "follow.idea", self.others["need"], **facts)
        yield self._tell("follower", "follow.idea", self.others["aspiration"], drawn=True, **community)
        yield self._tell("follower", "follow.update", self.news)
        for kind in KINDS_OF_IDEA:
            yield self._tell("follower", "follow.step", self.others[kind], status="retained", reason="On le fait.")
        yield self._tell("follower", "follow.step", self.others["need"], status="withdrawn", reason="")
        for more in ({}, {"back": True}):
            yield self._tell("follower", "follow.merge", self.others["need"], beside=self.others["idea"].id, **more)
        yield self._tell("follower", "follow.part", self.others["need"], beside=self.others["idea"].id)

    def _ideas(self) -> Iterator[Telling]:
        for kind in KINDS_OF_IDEA:
            yield self._tell("author", "status", self.own[kind], status="under_review", reason="On en parle en mai.")
            yield self._tell("author", "support.first", self.own[kind])
        for count in (1, 10):
            yield self._tell("author", "support.tens", self.own["idea"], count=count)
        for status in ("retained", "withdrawn"):
            yield self._tell(
                "author of one joined", "status.joined", self.others["need"], status=status, reason="On le fait."
            )
        secret = self.make.idea(self.other, HERE, deleted_at=clock.now())
        yield self._tell("author, out of sight", "status", secret, status="retained", reason="")
        yield self._tell("author of one joined, out of sight", "status.joined", secret, status="retained", reason="")

    def _joined(self) -> Iterator[Telling]:
        other = self.others["idea"].id
        for kind in ("need", "aspiration"):
            yield self._tell("author", "merge.author", self.own[kind], beside=other, reason=WHY)
            yield self._tell("author", "merge.received", self.own[kind], beside=other)
            yield self._tell(
                "supporter", "merge.support", self.others["project"], beside=self.others[kind].id, reason=WHY
            )
            yield self._tell("author", "part.author", self.own[kind], beside=other)
            yield self._tell("supporter", "part.support", self.others[kind], beside=other)
        yield self._tell("author", "merge.author", self.own["need"], beside=self.own["idea"].id, reason=WHY, back=True)
        yield self._tell(
            "supporter", "merge.support", self.others["project"], beside=self.others["need"].id, reason=WHY, back=True
        )
        yield self._tell("author", "split.author", self.own["need"], beside=self.own["idea"].id, reason=WHY)

    def _plan(self) -> Iterator[Telling]:
        said = [
            self.plans.say(self.followed, "Le camion est là."),
            self.plans.say(
                self.followed, "Parti!", completions=[Completion(milestones(self.followed)[0], clock.today(), "Vu")]
            ),
            self.plans.say(
                self.followed,
                "Et de deux.",
                completions=[Completion(milestones(self.followed)[1], clock.today(), "Vu")],
            ),
        ]
        about = {"action_id": self.followed.id}
        for role in ROLES:
            ideas = self.own if role == "author" else self.others
            for kind in KINDS_OF_IDEA:
                yield self._tell(role, f"chain.{role}", ideas[kind], bulletin_id=said[0].id, **about)
            yield self._tell(role, f"chain.{role}", ideas["need"], bulletin_id=said[2].id, **about)
            for before in ({}, {"before": "still"}, {"before": "again"}):
                yield self._tell(role, f"linked.{role}", ideas["need"], **about, **before, reason="Elle y répond.")
            yield self._tell(role, f"unlinked.{role}", ideas["need"], **about, reason="Une erreur.")
        yield self._tell("follower", "chain.action", bulletin_id=said[1].id, **about)
        yield self._tell("holder", "chain.action", bulletin_id=self.plans.say(self.held).id, action_id=self.held.id)
        for who, action in (("follower", self.followed), ("holder", self.held)):
            yield self._tell(who, "plan.changed", action, version=1, number=self.version, reason="Le budget est voté.")
        yield self._tell("proposer", "unlinked.proposer", self.others["need"], **about, reason="Une erreur.")
        yield self._tell("team", "link.open", self.others["need"], **about, reason="Elle y répond.")
        yield self._tell("proposer", "link.accepted", self.others["need"], **about)
        yield self._tell("proposer", "link.declined", self.others["need"], **about, reason="Autre chose.")
        yield self._tell("author", "link.declined", self.own["need"], **about, reason="Autre chose.")
        yield self._tell("team", "idea.back", self.others["need"], **about, reason="Faute de camion.")
        for kind in ("charge.action", "charge.action_ended"):
            yield self._tell("holder", kind, self.held)
        yield self._tell("holder", "action.late", self.held, due="2027-01-31")

    def _measures(self) -> Iterator[Telling]:
        comment, out = (
            self.make.comment(self.others["need"], self.reader, "Je suis là."),
            {"hidden_at": clock.now(), "hidden_reason": WHY},
        )
        bulletin = {"bulletin": self.plans.say(self.held, by=self.reader).id}
        for kind in ("hide", "restore"):
            for thing in (comment, self.own["need"], self.own["aspiration"], self.own_news, self.held):
                yield self._decide("author", kind, thing)
            yield self._decide("author", kind, self.held, **bulletin)
            yield self._decide("author", f"{kind}_profile", None, member=self.reader.id)
        for thing in (comment, self.own["need"]):
            yield self._decide("author", "publish", thing)
            for kind in ("publish_change", "refuse_change"):
                yield self._decide("author", kind, thing)
        yield self._decide(
            "author",
            "refuse",
            self.make.comment(self.others["need"], self.reader, "Appelez-moi.", status="pending", **out),
        )
        yield self._decide(
            "author",
            "refuse",
            self.make.idea(self.reader, HERE, "pending", title="Une première", suspect="first", **out),
        )
        for kind in ("publish_change", "refuse_change"):
            yield self._decide("author", kind, None)
        yield self._decide("author", "lead", self.own["need"], community=self.make.room(ELSEWHERE).id)
        yield self._decide("author", "move", comment)
        for kind in ("warn", "unwarn", "suspend", "unsuspend", "block", "unblock", "freeze", "lift"):
            yield self._decide(
                "person", kind, None, community=self.room, until=(clock.now() + timedelta(days=7)).isoformat()
            )

    def _decide(self, who: str, kind: str, thing: Any, **facts: Any) -> Telling:
        name = {} if thing is None else {f"{type(thing).__name__.lower()}_id": thing.id}
        measure = self.make.add(
            Measure(
                kind=kind.removesuffix("_profile"),
                reason=WHY,
                by_id=self.other.id,
                community_id=self.room,
                **name or {"user_id": self.reader.id},
            )
        )
        return self._tell(who, f"measure.{kind}", thing, reason=WHY, measure=measure.id, **facts)

    def _reports(self) -> Iterator[Telling]:
        comment, own = (
            self.make.comment(self.others["need"], self.other),
            self.make.comment(self.others["need"], self.reader, "À moi."),
        )
        bulletin, held = {"bulletin": self.plans.say(self.followed).id}, self.held
        about = [
            (comment, {}),
            (self.others["need"], {}),
            (self.news, {}),
            (self.followed, {}),
            (self.followed, bulletin),
            (None, {"member": self.member.id}),
        ]
        mine = [(own, {}), (self.own["idea"], {}), (self.own_news, {}), (held, {}), (None, {"member": self.reader.id})]
        for kind in ("report.handled", "report.dismissed", "report.reopened"):
            for thing, facts in about:
                yield self._tell("reporter", kind, thing, reason=WHY, **facts)
        for kind in ("report.against", "report.cleared"):
            for thing, facts in mine:
                yield self._tell("author", kind, thing, reason=WHY, **facts)
        for kind in ("appeal.granted", "appeal.refused"):
            for thing, facts in (*mine, (None, {})):
                yield self._tell("who asked", kind, thing, reason=WHY, judged=1, **facts)
        for thing, facts in about:
            yield self._tell("team", "case.opened", thing, case=1, **facts)
            yield self._tell("team", "desk.case", thing, case=1, **facts)
            yield self._tell("team", "appeal.opened", thing, appeal=1, **facts)
        yield self._tell("team", "appeal.opened", None, appeal=1)

    def _desk(self) -> Iterator[Telling]:
        there = {"community": self.make.room(ELSEWHERE).id}
        for kind in ("need", "idea"):
            idea, own = self.others[kind], self.own[kind]
            yield self._tell("team", "desk.idea", idea)
            yield self._tell("team", "handover.open", idea, handover=1, reason=WHY, **there)
            for answer in ("accepted", "returned"):
                yield self._tell("team", f"handover.{answer}", idea, reason=WHY, **there)
            yield self._tell("team", "move_request.open", idea, **there)
            for answer in ("granted", "refused"):
                yield self._tell("author", f"move_request.{answer}", own, reason=WHY, **there)
            for review in ("review", "agreed", "remark"):
                yield self._tell("team", f"answers.{review}", idea, reason=WHY)
            for changed in ("idea.revised", "idea.revised_since"):
                yield self._tell("team", changed, idea, number=2, first=2)
        for count in (1, 3):
            for kind in ("answers.reviews", "answers.due"):
                yield self._tell("team", kind, count=count, community=self.room)
        yield self._tell("team", "freeze.review", frozen=self.member.id)
        yield self._tell("team", "profile.changed", member=self.member.id)
        yield self._tell("team", "joined.member", member=self.member.id, community=self.room)

    def _accounts(self) -> Iterator[Telling]:
        for kind in ("account.suspended", "account.restored", "account.second_factor"):
            yield self._tell("person", kind, reason=WHY)
        for kind in ("account.signed_out", "role.member", "role.coordinator", "role.admin"):
            yield self._tell("person", kind)
        for kind in ("charge.given", "charge.withdrawn"):
            yield self._tell("person", kind, community=self.room)
        yield self._tell("person", "member.removed", community=self.room, reason=WHY)


def plan_actions(plan: Plan) -> list[Action]:
    """Return the actions of a plan, in their order."""
    return every(Action, Action.plan_id == plan.id)


def milestones(action: Action) -> list[int]:
    return [milestone.id for milestone in actions.milestones(action.id)]
