"""What is said in each place is its recount, whatever happened to needs, links, actions and plans."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.communities.actors import actor_for
from app.communities.queries import get_rooms
from app.core.db import db
from app.core.errors import DomainError
from app.hubs.queries import places
from app.hubs.queries.places import Numbers
from app.ideas import service as ideas
from app.ideas.indexes import IS_GAP
from app.ideas.models import CLOSED, Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.ideas.queries.lists import Filters
from app.ideas.writing import IdeaWords
from app.moderation.merges import service as merges
from app.moderation.moves.service import moves
from app.operations import recount
from app.plan.models.links import Link
from app.plan.models.structure import (
    Action,
    ActionCommunity,
    ActionIssue,
    ActionTerritory,
    Plan,
)
from app.plan.queries import plans as plan_queries
from app.plan.service import actions as action_service
from app.plan.service import bulletins, links, publishing
from app.plan.service.bulletins import BulletinWords
from app.reference import extents
from app.reference import service as reference
from app.reference.models import Issue, Tag
from app.reference.queries import get_catalogue, get_tags
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again, every
from tests.support.world import HERE

WHY = "Pour voir ce qui suit."
MRC, OTHER_MRC = "70", "67"
PLACES = (MRC, "70052", "70022", OTHER_MRC, "67015")
NAMES, SLUGS = ("vélo", "bicyclette"), ("velo", "bicyclette")
NUMBER = st.integers(0, 3)
ACTS = st.one_of(
    st.tuples(st.sampled_from(("link", "end", "merge")), NUMBER, NUMBER),
    st.tuples(st.just("move"), NUMBER, st.sampled_from(("planned", "underway", "achieved", "dropped"))),
    st.tuples(st.just("answer"), NUMBER, st.sampled_from(("retained", "under_review", "declined", "archived"))),
    st.tuples(st.just("revise"), NUMBER, st.sets(st.sampled_from(PLACES), max_size=3)),
    st.tuples(st.sampled_from(("withdraw", "remove", "part", "hide_action", "hide", "seclude")), NUMBER, st.just(0)),
    st.tuples(st.sampled_from(("make_current", "archive", "merge_tags")), st.integers(0, 1), st.just(0)),
)

GOOD_FOR_EVER = [
    *(("link", 0, 0), ("move", 0, "achieved"), ("make_current", 1, 0), ("link", 2, 2), ("hide_action", 0, 0)),
    *(("hide_action", 0, 0), ("make_current", 0, 0), ("remove", 0, 0), ("move", 0, "dropped")),
]
JOINED = [
    *(("link", 0, 0), ("merge", 0, 2), ("hide", 2, 0), ("hide", 2, 0), ("part", 0, 0), ("merge", 0, 2), ("end", 0, 0)),
    *(("part", 0, 0), ("link", 0, 1), ("merge", 0, 2), ("answer", 2, "declined"), ("seclude", 0, 0)),
]
RECAST: list[tuple[str, int, Any]] = [
    *(("revise", 0, {"70052"}), ("hide", 0, 0), ("hide", 0, 0), ("revise", 0, {MRC}), ("link", 0, 0)),
    *(("revise", 0, set()), ("revise", 0, {MRC}), ("revise", 3, {MRC}), ("end", 0, 0), ("withdraw", 0, 0)),
]


class History:
    """Four contributions, two plans of two actions, and what may happen to them; a refusal changes nothing."""

    def __init__(self, make: Make, plans: MakePlan) -> None:
        self.boss, self.author = actor_for(plans.boss), make.user()
        self.secluded_id = make.community(is_private=True).id
        other = MakePlan(make, make.user(role="coordinator"))
        self.plan_ids = [
            other.plan(
                action_of(f"Action {n}.1", territories=["70052"], issues=["education"], community=HERE),
                action_of(f"Action {n}.2", territories=[MRC, "67015"], communities=[HERE]),
                title=f"Plan {n}",
            ).id
            for n in range(2)
        ]
        self.action_ids = [action.id for action in every(Action, Action.plan_id.in_(self.plan_ids))]
        present = {tag.slug: tag for tag in every(Tag)}
        self.tags = [
            present.get(slug) or make.add(Tag(slug=slug, name=name, sort_key=slug))
            for name, slug in zip(NAMES, SLUGS, strict=True)
        ]
        kinds = zip(("need", "need", "need", "idea"), ("retained", "published", "retained", "planned"), strict=True)
        self.idea_ids = [
            make.idea(
                self.author,
                HERE,
                status,
                kind=kind,
                territories=PLACES[n : n + 2],
                issues=["education"] if n % 2 else [],
                tags=[again(tag) for tag in self.tags[: n % 3]],
            ).id
            for n, (kind, status) in enumerate(kinds)
        ]

    def do(self, kind: str, number: int, value: Any) -> None:
        db.session.rollback()
        try:
            getattr(self, kind)(number, value)
        except DomainError:
            db.session.rollback()

    def idea(self, number: int) -> Idea:
        return db.session.get_one(Idea, self.idea_ids[number])

    def action(self, number: int) -> Action:
        return db.session.get_one(Action, self.action_ids[number])

    def plan(self, number: int) -> Plan:
        return db.session.get_one(Plan, self.plan_ids[number])

    def link(self, number: int, value: int) -> None:
        links.make(self.boss, self.idea(number), self.action(value), reason=WHY)

    def end(self, number: int, value: int) -> None:
        of_both = Link.idea_id == self.idea_ids[number], Link.action_id == self.action_ids[value]
        for link in every(Link, *of_both, Link.ended_at.is_(None)):
            links.end(self.boss, link, reason=WHY)

    def merge(self, number: int, value: int) -> None:
        merges.merge(self.boss, self.idea(number), self.idea(value), reason=WHY)

    def part(self, number: int, _value: int) -> None:
        merges.part(self.boss, self.idea(number), reason=WHY)

    def move(self, number: int, value: str) -> None:
        bulletins.post(self.boss, self.action(number), BulletinWords(WHY, state=value))

    def answer(self, number: int, value: str) -> None:
        ideas.move(self.boss, self.idea(number), value, reason=WHY)

    def revise(self, number: int, value: set[str]) -> None:
        idea, catalogue = self.idea(number), get_catalogue()
        placed = tuple(sorted(place.id for place in catalogue.places if place.code in value))
        kind = "need" if MRC in value else "project"
        words = IdeaWords(title=f"{idea.title} encore", body="Un texte", kind=kind, territories=placed, tags=NAMES)
        ideas.revise(actor_for(self.author), idea, words, summary=WHY)

    def withdraw(self, number: int, _value: int) -> None:
        ideas.withdraw(actor_for(self.author), self.idea(number), reason=WHY)

    def hide(self, number: int, _value: int) -> None:
        idea = self.idea(number)
        ideas.restore(self.boss, idea) if idea.is_hidden else ideas.hide(self.boss, idea, reason=WHY)

    def seclude(self, number: int, _value: int) -> None:
        room = get_rooms().by_id[self.secluded_id]
        moves.move_idea(self.boss, self.idea(number), room, reason=WHY)

    def hide_action(self, number: int, _value: int) -> None:
        action = self.action(number)
        if action.is_hidden:
            action_service.restore(self.boss, action)
        else:
            action_service.hide(self.boss, action, reason=WHY)

    def remove(self, number: int, _value: int) -> None:
        plan = self.plan(number // 2)
        outline = plan_queries.get_published_outline(plan)
        actions = outline.orientations[0].objectives[0].actions
        if len(actions) > 1:
            actions[:] = [one for one in actions if one.id != self.action_ids[number]]
            publishing.publish(self.boss, plan, outline, reason=WHY)

    def make_current(self, number: int, _value: int) -> None:
        plan = self.plan(number)
        if plan.is_archived:
            publishing.unarchive(self.boss, plan)
        publishing.make_current(self.boss, again(plan))

    def archive(self, number: int, _value: int) -> None:
        publishing.archive(self.boss, self.plan(number))

    def merge_tags(self, number: int, _value: int) -> None:
        tags = every(Tag)
        reference.merge_tag(self.boss, tags[number], tags[1 - number])

    def check(self) -> None:
        assert recount.list_differences() == []
        assert {idea.id for idea in every(Idea) if idea.is_gap} == set(
            db.session.scalars(select(Idea.id).where(IS_GAP))
        )
        for filters in list_filters():
            compare(filters)


def list_filters() -> list[Filters]:
    """Return no filter, each of three, and two at once."""
    room = {"community": (every(Idea)[0].community_id or 0,)}
    issue = {"issue": (db.session.scalars(select(Issue.id).where(Issue.slug == "education")).one(),)}
    tag = {"tag": get_tags(["velo"])["velo"].ids}
    narrowed: list[dict[str, Any]] = [{}, room, issue, tag, room | issue, room | tag]
    return [Filters(**one) for one in narrowed]


def compare(filters: Filters) -> None:
    """Count again, in plain words, what is said in each place."""
    found, counts = places.get_numbers(filters), count(filters)
    has_plan = any(plan.is_current for plan in every(Plan))
    assert found.has_plan == has_plan and not found.is_cut

    def numbers(extent: str) -> Numbers:
        said = [counts[extent, what] for what in ("need", "waiting", "tied", "idea", "action")]
        if not has_plan:
            said[1:3] = None, None
        return Numbers(*said)

    assert (found.once, found.nowhere) == (numbers(extents.ALL), numbers(extents.NOWHERE)), filters
    for one in found.mrcs:
        assert (one.once, one.whole) == (numbers(extents.inside(one.mrc)), numbers(extents.at(one.mrc))), filters
        for place, counted in one.municipalities:
            assert counted == numbers(extents.at(place)), (place, filters)


def values(column: Any, of: Any, row_id: int) -> set[int]:
    """Return what a row has on an axis."""
    return set(db.session.scalars(select(column).where(of == row_id)))


def count(filters: Filters) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    catalogue = get_catalogue()
    current = {plan.id for plan in every(Plan) if plan.is_current}
    living = {action.id: action for action in every(Action) if action.is_living and action.plan_id in current}
    done = {action.id for action in every(Action) if action.is_living and action.state == "achieved"}
    ideas_by_id = {idea.id: idea for idea in every(Idea)}
    linked = [
        ideas_by_id[link.idea_id] for link in every(Link) if link.is_in_force and link.action_id in {*living, *done}
    ]
    tied = {idea.merged_into or idea.id for idea in linked if not idea.is_merged or idea.is_published}
    now = {tag.id: tag.merged_into or tag.id for tag in every(Tag)}
    tags = {idea.id: {now[n] for n in values(IdeaTag.tag_id, IdeaTag.idea_id, idea.id)} for idea in every(Idea)}

    def add(place_ids: set[int], *whats: str) -> None:
        mrcs = {catalogue.place[n].parent_id or n for n in place_ids}
        own = {f"territory:{n}" for n in place_ids} | {f"mrc:{n}" for n in mrcs} or {extents.NOWHERE}
        counts.update((extent, what) for extent in (extents.ALL, *own) for what in whats)

    for idea in every(Idea):
        rooms = {idea.community_id} | values(IdeaCommunity.community_id, IdeaCommunity.idea_id, idea.id)
        issues = values(IdeaIssue.issue_id, IdeaIssue.idea_id, idea.id)
        wanted_tags = {now[tag_id] for tag_id in filters.tag}
        axes = (filters.community, rooms), (filters.issue, issues), (wanted_tags, tags[idea.id])
        if not idea.is_public or idea.is_private or any(wanted and not had & {*wanted} for wanted, had in axes):
            continue
        what = ["idea"] if idea.kind in ("idea", "project") else ["need"]
        if what == ["need"] and idea.status not in CLOSED:
            what.append("tied" if idea.id in tied else "waiting")
        add(values(IdeaTerritory.territory_id, IdeaTerritory.idea_id, idea.id), *what)
    for action in living.values():
        rooms = {action.community_id} | values(ActionCommunity.community_id, ActionCommunity.action_id, action.id)
        issues = values(ActionIssue.issue_id, ActionIssue.action_id, action.id)
        fed = {link.idea_id for link in every(Link, Link.action_id == action.id) if link.is_in_force}
        bears = {
            tag
            for idea in every(Idea)
            if idea.id in fed and idea.is_public and not idea.is_private
            for tag in tags[idea.id]
        }
        axes = (filters.community, rooms), (filters.issue, issues), ({now[n] for n in filters.tag}, bears)
        if not any(wanted and not had & {*wanted} for wanted, had in axes):
            add(values(ActionTerritory.territory_id, ActionTerritory.action_id, action.id), "action")
    return counts


@example(acts=GOOD_FOR_EVER)
@example(acts=JOINED)
@example(acts=RECAST)
@given(acts=st.lists(ACTS, min_size=6, max_size=14))
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_happens_what_is_said_in_each_place_is_its_recount(
    make: Make, plans: MakePlan, acts: list[tuple[str, int, Any]]
) -> None:
    history = History(make, plans)
    history.check()
    for act in acts:
        history.do(*act)
        history.check()
