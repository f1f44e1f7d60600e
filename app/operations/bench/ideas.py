"""The synthetic ideas: their texts, their place on the axes and their steps."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.comments.models import Thread
from app.communities import queries as communities
from app.core import clock
from app.core.bulk import load
from app.exchange.lines import batches
from app.ideas.models import (
    KINDS,
    OPEN,
    PUBLIC,
    Idea,
    IdeaCommunity,
    IdeaIssue,
    IdeaTag,
    IdeaTerritory,
    Revision,
    StatusChange,
)
from app.ideas.transitions import STATUS_ORDER
from app.journal import service as journal
from app.moderation.merges.models import Merge
from app.operations.bench import texts
from app.operations.bench.people import BATCH, first_id
from app.operations.bench.plan import UNSEEN, BenchPlan, moment, zipf
from app.reference import queries as reference
from app.reference.service import get_or_add_tags

Row = dict[str, Any]
HISTORIES = {status: STATUS_ORDER[: rank + 1] for rank, status in enumerate(STATUS_ORDER)} | {
    "declined": ("published", "under_review", "declined"),
    "archived": ("published", "archived"),
    "withdrawn": ("published", "withdrawn"),
}
WEEK = timedelta(days=7)
REASON = "Parce que d'autres l'ont déjà dit, et mieux vaut en parler à un seul endroit."


class Writer:
    """Adds ideas in batches; it remembers the last ids of their tables, and the last public idea."""

    def __init__(self, plan: BenchPlan, people: range) -> None:
        self.plan, self.people, self.rng = plan, people, plan.rng
        self.first, self.first_thread = first_id(Idea), first_id(Thread)
        self.next_step, self.next_revision = first_id(StatusChange), first_id(Revision)
        self.next_merge = first_id(Merge)
        self.last_public = self.first
        self.counts = plan.counts()
        self.tags = _add_tags(plan.ideas)
        self.rooms, self.places = communities.get_rooms().all, reference.get_catalogue().places
        self.issues = [issue.id for issue in reference.get_catalogue().issues]

    def add(self, step: Callable[[int], object]) -> None:
        for numbers in batches(range(self.plan.ideas), BATCH):
            rows = [self._idea(n) for n in numbers]
            load(Thread, [self._thread(row) for row in rows])
            load(Idea, rows)
            self._add_history(rows)
            self._add_places(rows)
            _add_lines(rows)
            step(len(rows))

    def _idea(self, n: int) -> Row:
        state, at, rng = self.plan.states[n], moment(n / self.plan.ideas), self.rng
        author = self.people[int(len(self.people) * rng.random() ** 2)]
        status = state if state in PUBLIC or state in UNSEEN else "published"
        place = rng.choice(self.places)
        row: Row = {
            "id": self.first + n,
            "thread_id": self.first_thread + n,
            "author_id": author,
            "status": status,
            "kind": rng.choice(KINDS),
            "community_id": self.rooms[int(len(self.rooms) * rng.random() ** 1.5)].id,
            "suspect": "first" if state == "pending" else "",
            "created_at": at,
            "saved_at": at,
            "published_at": None if state in UNSEEN else at,
            "status_at": _last_step(status, at),
            "revisions_count": int(state not in UNSEEN),
            "votes_count": self.plan.votes[n],
            "comments_count": self.counts[n],
            "merged_into": self.last_public if state == "merged" else None,
            "hidden_at": at if state == "hidden" else None,
            "hidden_by": self.people[0] if state == "hidden" else None,
            "hidden_reason": REASON if state == "hidden" else None,
            "deleted_at": at if state == "deleted" else None,
            "deleted_by": author if state == "deleted" else None,
        }
        if state in PUBLIC:
            self.last_public = row["id"]
        return row | texts.idea(place.name, rng)

    def _thread(self, row: Row) -> Row:
        is_published = row["status"] in PUBLIC and not row["hidden_at"] and not row["deleted_at"]
        return {
            "id": row["thread_id"],
            "kind": "idea",
            "title": row["title"],
            "community_id": row["community_id"],
            "author_id": row["author_id"],
            "comments_count": row["comments_count"],
            "is_public": is_published,
            "is_open": is_published and row["status"] in OPEN and not row["merged_into"],
        }

    def _add_history(self, rows: Sequence[Row]) -> None:
        """Add the first revision, the steps, and the merges."""
        public_rows = [row for row in rows if row["published_at"]]
        revisions = [
            {
                "id": self.next_revision + n,
                "idea_id": row["id"],
                "number": 1,
                "title": row["title"],
                "body": row["body"],
                "body_html": row["body_html"],
                "created_at": row["published_at"],
            }
            for n, row in enumerate(public_rows)
        ]
        load(Revision, revisions)
        self.next_revision += len(revisions)
        steps = [
            {"id": self.next_step + n} | step
            for n, step in enumerate(step for row in public_rows for step in self._steps(row))
        ]
        load(StatusChange, steps)
        self.next_step += len(steps)
        self._add_merges([row for row in public_rows if row["merged_into"]])

    def _add_merges(self, rows: Sequence[Row]) -> None:
        merges = [
            {
                "id": self.next_merge + n,
                "idea_id": row["id"],
                "into_id": row["merged_into"],
                "reason": REASON,
                "by_id": self.people[0],
                "at": row["published_at"],
            }
            for n, row in enumerate(rows)
        ]
        load(Merge, merges)
        self.next_merge += len(merges)

    def _steps(self, row: Row) -> list[Row]:
        """Return the steps of an idea, a week from one to the next: the team's have a reason."""
        reasons = texts.paragraphs()
        return [
            {
                "idea_id": row["id"],
                "status": status,
                "at": row["published_at"] + n * WEEK,
                "by_id": row["author_id"] if status in ("published", "withdrawn") else self.people[0],
                "reason": "" if n == 0 else reasons[row["id"] % len(reasons)].body,
                "community_id": row["community_id"],
            }
            for n, status in enumerate(HISTORIES[row["status"]])
        ]

    def _add_places(self, rows: Sequence[Row]) -> None:
        rng, rooms, places = self.rng, [room.id for room in self.rooms], [place.id for place in self.places]
        others = [
            (row["id"], other)
            for row in rows
            if rng.random() < 1 / 4
            for other in [rng.choice(rooms)]
            if other != row["community_id"]
        ]
        issues = [(row["id"], issue) for row in rows for issue in _some(self.issues, (1, 1, 2), rng)]
        territories = [(row["id"], place) for row in rows for place in _some(places, (0, 1, 1, 2), rng)]
        tags = [(row["id"], tag) for row in rows for tag in self._tags()]
        for column, pairs in (
            (IdeaCommunity.community_id, others),
            (IdeaIssue.issue_id, issues),
            (IdeaTerritory.territory_id, territories),
            (IdeaTag.tag_id, tags),
        ):
            load(column.class_, [{"idea_id": idea_id, column.key: row_id} for idea_id, row_id in pairs])

    def _tags(self) -> list[int]:
        tag_ids = [self.tags[zipf(len(self.tags), self.rng)] for _tag in range(self.rng.randrange(5))]
        return list(dict.fromkeys(tag_ids))


def _last_step(status: str, at: datetime) -> datetime | None:
    return None if status in UNSEEN else at + (len(HISTORIES[status]) - 1) * WEEK


def _some(things: Sequence[int], numbers: Sequence[int], rng: Any) -> list[int]:
    return list(dict.fromkeys(rng.choices(things, k=rng.choice(numbers))))


def _add_lines(rows: Sequence[Row]) -> None:
    """Add to the journal that a team hid these ideas; its seals alone differ from one time to another."""
    for row in rows:
        if row["hidden_at"]:
            with clock.telling(row["hidden_at"]):
                journal.record("hide", reason=REASON, community_id=row["community_id"], on="idea")


def _add_tags(ideas: int) -> list[int]:
    """Add one tag for fifty ideas, at least a dozen; return their ids, the most frequent first."""
    return [tag_id for name in texts.tag_names()[: max(12, ideas // 50)] for tag_id in get_or_add_tags([name])]
