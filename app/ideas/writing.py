"""What is typed of an idea: its words, and its places on the axes; only what changes is written."""
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.changes import Change
from app.comments import service as comments
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.text import markdown
from app.core.text.plain import excerpt, fold
from app.core.text.slug import slugify
from app.ideas import leading
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.ideas.queries import facets
from app.reference import service as reference

EXCERPT = 220


@dataclass(frozen=True)
class Typed:
    """What the form holds: texts, the lead community (of a draft), and ids on each axis; tags by name."""

    title: str
    body: str
    kind: str = "idea"
    lang: str = "fr"
    community_id: int | None = None
    communities: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()
    territories: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


def change(actor: Actor, idea: Idea, typed: Typed) -> None:
    """Write what was typed over an idea; the same words in the same places change no row."""
    write(actor, idea, typed)
    is_changed = db.session.is_modified(idea)
    if place(idea, typed) or is_changed:
        idea.saved_at = clock.now()


def is_stored(idea: Idea, typed: Typed) -> bool:
    """Tell whether an idea holds all that was typed already: the form was sent twice."""
    placing = facets.placings([idea])[idea.id]
    words = (idea.title, idea.body, idea.kind, idea.lang) == (typed.title, typed.body, typed.kind, typed.lang)
    return words and set(typed.tags) == {name for _slug, name in placing.tags} and all(
        set(given) - {idea.community_id} == set(present) for given, present in (
            (typed.communities, placing.communities), (typed.issues, placing.issues),
            (typed.territories, placing.territories)))


def write(actor: Actor, idea: Idea, typed: Typed) -> None:
    leading.lead(actor, idea, typed.community_id, typed.communities)
    if (idea.title, idea.body) != (typed.title, typed.body):
        for column, value in texts(typed.title, typed.body).items():
            setattr(idea, column, value)
    idea.kind, idea.lang = typed.kind, typed.lang


def compared(idea: Idea, typed: Typed, summary: str = "") -> Change:
    """Set what was typed beside the words of an idea, to be weighed."""
    parts = {"title": (idea.title, typed.title), "body": (idea.body, typed.body)}
    known = facets.tags_in_public(reference.known_tags(typed.tags))
    return Change(parts, beside=summary, tags=len(typed.tags) - len(known))


def storable(typed: Typed, summary: str) -> dict[str, Any]:
    """Give what was typed as a row keeps it until the team has read it."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(typed).items()} | {
        "summary": summary}


def typed_again(words: dict[str, Any]) -> Typed:
    """Give back what was typed from what a row keeps of it."""
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}
    del given["summary"]
    return Typed(**given)


def place(idea: Idea, typed: Typed) -> bool:
    """Put an idea in these places on the axes and in no other; return whether any changed."""
    others = {c for c in typed.communities if c != idea.community_id}
    tags = set(reference.tags_named(typed.tags))
    changes = [
        _link(idea, IdeaCommunity.community_id, others), _link(idea, IdeaIssue.issue_id, set(typed.issues)),
        _link(idea, IdeaTerritory.territory_id, set(typed.territories)), _tag(idea, tags)]
    return any(changes)


def _tag(idea: Idea, tags: set[int]) -> bool:
    """Put these tags on an idea; one that was merged into a tag of these stays, for the day the merge is undone."""
    worn = facets.worn_tags(idea)
    wanted = {worn_id for worn_id, tag_id in worn.items() if tag_id in tags}
    return _link(idea, IdeaTag.tag_id, wanted | (tags - {worn[worn_id] for worn_id in wanted}))


def _link(idea: Idea, column: InstrumentedAttribute[int], wanted: set[int]) -> bool:
    table = column.class_
    present = set(db.session.scalars(select(column).where(table.idea_id == idea.id)))
    if present - wanted:
        run(delete(table).where(table.idea_id == idea.id, column.in_(present - wanted)))
    if wanted - present:
        run(insert(table).values([{"idea_id": idea.id, column.key: row_id} for row_id in sorted(wanted - present)]))
    return wanted != present


def texts(title: str, body: str) -> dict[str, Any]:
    """Give the text columns of an idea: what was typed, and what follows from it."""
    html = markdown.render(body)
    plain = markdown.to_text(html)
    return {
        "title": title, "body": body, "slug": slugify(title) if title else "", "body_html": html,
        "renderer": markdown.VERSION, "excerpt": excerpt(plain, EXCERPT), "search_text": fold(f"{title} {plain}")}


def keep_thread(idea: Idea) -> None:
    """Keep what the thread knows of its idea in step, and its privacy with that of its community."""
    leading.settle(idea, idea.community_id)
    comments.keep_thread(
        idea.thread_id, title=idea.title, community_id=idea.community_id, is_public=idea.is_published,
        is_open=idea.is_open)
