"""One idea of the demonstration with its whole life: texts, steps, supports and talk."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from app.comments import threads
from app.communities import queries as communities
from app.communities.models import Membership
from app.core.db import db
from app.core.dialect import insert_once
from app.core.unit import command
from app.ideas import writing
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, Revision, StatusChange
from app.operations.demo import book, talk
from app.reference import queries as reference
from app.reference import service as reference_service
from app.votes.models import Vote

Fact = dict[str, Any]


@command
def add(fact: Fact, user_ids: dict[str, int], day: datetime) -> int:
    """Add an idea, dated from `day`; return its id."""
    idea = _idea(fact, user_ids, day)
    _place(idea.id, fact)
    _revise(idea, fact, day)
    _add_steps(idea, fact, user_ids, day)
    _support(idea, fact, user_ids, day)
    talk.add("idea", idea.thread_id, user_ids[fact["author"]], fact["comments"], user_ids, day)
    if idea.community_id:
        insert_once(Membership, user_id=idea.author_id, community_id=idea.community_id, joined_at=idea.published_at)
    db.session.flush()
    book.note("idea", fact["key"], idea.id)
    return idea.id


def _idea(fact: Fact, user_ids: dict[str, int], day: datetime) -> Idea:
    room_id, author_id = communities.get_rooms().by_slug[fact["community"]].id, user_ids[fact["author"]]
    at, edit = book.moment(day, fact), fact.get("edited")
    thread = threads.create(
        "idea", fact["title"], community_id=room_id, author_id=author_id, is_public=True, is_open=True
    )
    idea = Idea(
        kind=fact["kind"],
        status="published",
        community_id=room_id,
        author_id=author_id,
        thread_id=thread.id,
        created_at=at,
        saved_at=at,
        published_at=at,
        status_at=at,
        edited_at=book.moment(day, edit) if edit else None,
        **writing.text_columns(fact["title"], fact["body"], fact.get("spot", "")),
    )
    db.session.add(idea)
    db.session.flush()
    return idea


def _place(idea_id: int, fact: Fact) -> None:
    rooms, axes = communities.get_rooms(), reference.get_catalogue()
    for table, column, ids in (
        (IdeaCommunity, "community_id", [rooms.by_slug[slug].id for slug in fact["others"]]),
        (IdeaIssue, "issue_id", [issue.id for issue in axes.issues if issue.slug in fact["issues"]]),
        (IdeaTerritory, "territory_id", [place.id for place in axes.places if place.code in fact["territories"]]),
        (IdeaTag, "tag_id", reference_service.get_or_add_tags(fact["tags"])),
    ):
        db.session.add_all(table(idea_id=idea_id, **{column: row_id}) for row_id in dict.fromkeys(ids))


def _revise(idea: Idea, fact: Fact, day: datetime) -> None:
    """Add a revision for each text that the idea had; the last is the present one."""
    edit = fact.get("edited") or {}
    present = {
        "title": fact["title"],
        "body": fact["body"],
        "spot": fact.get("spot", ""),
        "summary": edit.get("summary", ""),
    }
    texts = [*fact.get("earlier", []), present | (edit or {"days_ago": fact["days_ago"], "time": fact["time"]})]
    for number, text in enumerate(texts, 1):
        db.session.add(
            Revision(
                idea_id=idea.id,
                number=number,
                title=text["title"],
                body=text["body"],
                body_html=writing.text_columns(text["title"], text["body"])["body_html"],
                spot=text.get("spot", ""),
                summary=text.get("summary", ""),
                created_at=book.moment(day, text),
            )
        )
    idea.revisions_count = len(texts)


def _add_steps(idea: Idea, fact: Fact, user_ids: dict[str, int], day: datetime) -> None:
    db.session.add(StatusChange(idea_id=idea.id, status="published", by_id=idea.author_id, at=idea.published_at))
    for step in fact["statuses"]:
        idea.status, idea.status_at = step["status"], book.moment(day, step)
        db.session.add(
            StatusChange(
                idea_id=idea.id,
                status=step["status"],
                by_id=user_ids[step["by"]],
                at=idea.status_at,
                reason=step["reason"],
            )
        )
    db.session.flush()
    threads.sync(idea.thread_id, is_open=idea.is_open)


def _support(idea: Idea, fact: Fact, user_ids: dict[str, int], day: datetime) -> None:
    """Spread the supports from the publication to the day the story is told."""
    people = [key for key in fact["supports"] if key != fact["author"]]
    assert idea.published_at
    pause = (max(day, idea.published_at) - idea.published_at) / (len(people) + 1)
    rows = [
        {
            "user_id": user_ids[key],
            "idea_id": idea.id,
            "is_named": key in fact["named_supports"],
            "at": idea.published_at + pause * n,
        }
        for n, key in enumerate(dict.fromkeys(people), 1)
    ]
    if rows:
        db.session.execute(insert(Vote), rows)
    idea.votes_count = len(rows)
