"""What is typed of an idea: its words, and its places on the axes; only what changes is written."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.changes import Change
from app.comments import threads
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.text import markdown
from app.core.text.plain import excerpt, fold
from app.core.text.slug import slugify
from app.ideas import lead_community
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, Revision, StatusChange
from app.ideas.queries import facet_counts, facets
from app.reference import service as reference

EXCERPT = 220
SUBMITTED = N_(
    "Ce texte a été publié ou changé depuis que cette page est ouverte; ce que vous venez d'envoyer n'est "
    "pas encore enregistré. Relisez-le ci-dessous : en l'envoyant de nouveau, vous remplacez le texte "
    "publié."
)


@dataclass(frozen=True)
class IdeaWords:
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
    spot: str = ""


# Of these, what an idea stores in columns of the same names: what is chosen, and what is written. A text is weighed
# before the public reads it, read by the team where it waits, and erased from an idea that never appeared.
CHOICES = ("kind", "lang")
PLACES = ("community_id", "communities", "issues", "territories", "tags")
TEXTS = tuple(one.name for one in fields(IdeaWords) if one.name not in CHOICES + PLACES)


def get_texts(source: Idea | IdeaWords) -> dict[str, str]:
    """Return what is written of an idea, by the name of its column."""
    return {name: getattr(source, name) for name in TEXTS}


def get_whole_text(idea: Idea) -> str:
    """Return all that is written of an idea as one text, to be weighed."""
    return "\n".join(get_texts(idea).values())


def apply_words(actor: Actor, idea: Idea, words: IdeaWords) -> bool:
    """Write what was typed over an idea, and return whether it changes: the same words there change no row."""
    write_words(actor, idea, words)
    is_changed = db.session.is_modified(idea)
    is_changed = set_places(idea, words) or is_changed
    if is_changed:
        idea.saved_at = clock.now()
    return is_changed


def check_same(idea: Idea, words: IdeaWords) -> None:
    """Raise Conflict unless an idea holds all that was typed already: the form was sent twice."""
    placing = facets.get_placings([idea])[idea.id]
    stored_values = (
        [getattr(idea, name) for name in TEXTS + CHOICES],
        {name for _slug, name in placing.tags},
        set(placing.communities),
        set(placing.issues),
        set(placing.territories),
    )
    sent_values = (
        [getattr(words, name) for name in TEXTS + CHOICES],
        set(words.tags),
        set(words.communities) - {idea.community_id},
        set(words.issues),
        set(words.territories),
    )
    if sent_values != stored_values:
        raise Conflict(SUBMITTED)


def write_words(actor: Actor, idea: Idea, words: IdeaWords) -> None:
    lead_community.set_communities(actor, idea, words.community_id, words.communities)
    if is_rewritten(idea, words):
        for column, value in text_columns(**get_texts(words)).items():
            setattr(idea, column, value)
    for name in CHOICES:
        setattr(idea, name, getattr(words, name))


def is_rewritten(idea: Idea, words: IdeaWords) -> bool:
    """Tell whether what is written of an idea is other than what was typed: its next published text is one more."""
    return get_texts(idea) != get_texts(words)


def compare_words(idea: Idea, words: IdeaWords, summary: str = "") -> Change:
    """Return what changes in the words of an idea, to be weighed."""
    stored, sent = get_texts(idea), get_texts(words)
    parts = {name: (stored[name], sent[name]) for name in TEXTS}
    public_tags = facet_counts.get_public_tag_ids(reference.list_known_tag_ids(words.tags))
    is_recast = bool(summary) and words.kind != idea.kind
    return Change(parts, beside=summary, tags=len(words.tags) - len(public_tags), is_recast=is_recast)


def pack(words: IdeaWords, summary: str) -> dict[str, Any]:
    """Return what was typed as a row stores it until the team has read it."""
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(words).items()}
    return fields | {"summary": summary}


def unpack(fields: dict[str, Any]) -> IdeaWords:
    """Return what was typed, from what a row stores of it."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    del values["summary"]
    return IdeaWords(**values)


def set_places(idea: Idea, words: IdeaWords) -> bool:
    """Put an idea in these places on the axes and in no other; return whether any changed."""
    others = {c for c in words.communities if c != idea.community_id}
    tags = set(reference.get_or_add_tags(words.tags))
    changes = [
        _link(idea, IdeaCommunity.community_id, others),
        _link(idea, IdeaIssue.issue_id, set(words.issues)),
        _link(idea, IdeaTerritory.territory_id, set(words.territories)),
        _tag(idea, tags),
    ]
    return any(changes)


def _tag(idea: Idea, tags: set[int]) -> bool:
    """Put these tags on an idea; one that was merged into a tag of these stays, for the day the merge is undone."""
    tag_ids = facets.get_tag_ids(idea)
    present = {own_id for own_id, tag_id in tag_ids.items() if tag_id in tags}
    new = tags - {tag_ids[own_id] for own_id in present}
    return _link(idea, IdeaTag.tag_id, present | new)


def _link(idea: Idea, column: InstrumentedAttribute[int], ids: set[int]) -> bool:
    table: Any = column.class_
    places = db.session.scalars(select(table).where(table.idea_id == idea.id))
    present = {getattr(place, column.key): place for place in places}
    for row_id in present.keys() - ids:
        db.session.delete(present[row_id])
    db.session.add_all(table(**{"idea_id": idea.id, column.key: row_id}) for row_id in sorted(ids - present.keys()))
    return ids != present.keys()


def text_columns(title: str, body: str, spot: str = "") -> dict[str, Any]:
    """Return the text columns of an idea: what was typed (by the names of `TEXTS`), and what follows from it."""
    html = markdown.render(body)
    plain = markdown.to_text(html)
    return {
        "title": title,
        "body": body,
        "spot": spot,
        "slug": slugify(title) if title else "",
        "body_html": html,
        "renderer": markdown.VERSION,
        "excerpt": excerpt(markdown.to_line(html), EXCERPT),
        "search_text": fold(f"{title} {plain} {spot}"),
    }


def add_revision(idea: Idea, summary: str) -> None:
    """Store the present words of an idea as its next published text."""
    idea.revisions_count += 1
    db.session.add(
        Revision(
            idea_id=idea.id,
            number=idea.revisions_count,
            title=idea.title,
            body=idea.body,
            body_html=idea.body_html,
            spot=idea.spot,
            summary=summary,
        )
    )


def add_step(
    idea: Idea, status: str, *, by: int | None, reason: str, stays: bool = False, action_id: int | None = None
) -> None:
    """Add a step to an idea, now; one that stays leaves the date since when the idea is there.

    `action_id`: it derives from this action of the plan.
    """
    now = clock.now()
    idea.status_at, idea.answered_at = (idea.status_at, now) if stays else (now, None)
    db.session.add(
        StatusChange(
            idea_id=idea.id,
            status=status,
            by_id=by,
            at=now,
            reason=reason,
            community_id=idea.community_id,
            stays=stays,
            action_id=action_id,
        )
    )


def sync_thread(idea: Idea) -> None:
    """Keep what the thread knows of its idea in step, and its privacy with that of its community."""
    lead_community.set_lead(idea, idea.community_id)
    threads.sync(
        idea.thread_id,
        title=idea.title,
        community_id=idea.community_id,
        is_public=idea.is_published,
        is_open=idea.is_open,
    )
