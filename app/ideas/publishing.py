"""The trip of an idea to the public, in order: submitted, begun as a draft, saved, published, then seen by all."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete

from app.accounts import limits, trust
from app.accounts.submissions import Sending
from app.comments import threads
from app.communities import sittings
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas import lead_community, policy, writing
from app.ideas.models import Idea, Revision, StatusChange
from app.ideas.queries import reading
from app.ideas.signals import IdeaHeld, IdeaPublished
from app.ideas.writing import IdeaWords


@command
def submit(
    actor: Actor,
    idea: Idea | None,
    words: IdeaWords,
    *,
    form_key: str | None = None,
    signs: Iterable[str] = (),
    of_meeting: bool = False,
) -> Idea:
    """Publish what was typed, of a new idea (None) or of a draft, as one act; sent again, it returns the same idea.

    What was said at a meeting (`of_meeting`) is counted as in a sitting. Raise Conflict where it is published already
    in other words, TooMany past the limit of the hour, and what `save` and `publish` raise.
    """
    if idea:
        idea = save(actor, idea, words)
    else:
        idea = _save_again(actor, words, form_key) or _begin(actor, words, form_key)
    if not idea.is_draft:
        return idea
    is_sitting = of_meeting or sittings.runs_in(actor, idea.community_id)
    _count(actor, idea, is_sitting=is_sitting)
    return publish(actor, idea, signs=signs, numbers={} if is_sitting else None)


def _count(actor: Actor, idea: Idea, *, is_sitting: bool) -> None:
    """Count an idea under the limit of the hour; one that is typed after a meeting, under that of its sitting."""
    if is_sitting:
        limits.count_acts(*sittings.list_acts(actor, idea.community_id))
    else:
        limits.take("idea", actor)


@command
def draft(actor: Actor, words: IdeaWords, *, form_key: str | None = None) -> Idea:
    """Begin an idea; the same form sent again gives the same draft, and so do the same words within the hour.

    Raise Conflict where it is published already in other words, TooMany past the limit of drafts of the hour.
    """
    existing = _save_again(actor, words, form_key)
    if existing:
        return existing
    if sittings.list_running(actor):
        limits.take("sitting_draft", actor)
    else:
        limits.take("draft", actor)
    return _begin(actor, words, form_key)


def _save_again(actor: Actor, words: IdeaWords, form_key: str | None) -> Idea | None:
    """Return what this form, or these words, made already; a draft takes what was typed since."""
    require(actor, policy.WRITE)
    sending = Sending(actor, "idea", form_key)
    existing = db.session.get(Idea, sending.first_result() or 0)
    existing = existing or reading.find_duplicate(actor, words.title, words.body)
    if existing is None:
        return None
    sending.repeat(existing.id)
    if existing.is_draft:
        return save(actor, existing, words)
    writing.check_same(existing, words)
    return existing


def _begin(actor: Actor, words: IdeaWords, form_key: str | None) -> Idea:
    thread = threads.create(
        "idea", words.title, community_id=words.community_id, author_id=actor.id, is_public=False, is_open=False
    )
    idea = Idea(author_id=actor.id, thread_id=thread.id, status="draft")
    writing.write_words(actor, idea, words)
    db.session.add(idea)
    db.session.flush()
    writing.set_places(idea, words)
    Sending(actor, "idea", form_key).record(idea.id)
    return idea


def find_id_of_form(actor: Actor, form_key: str | None) -> int | None:
    """Return the id of the idea that a form made, or None."""
    return Sending(actor, "idea", form_key).result()


@command
def save(actor: Actor, idea: Idea, words: IdeaWords) -> Idea:
    """Save a draft as it is typed. Raise Conflict where it was submitted meanwhile, in other words."""
    require(actor, policy.EDIT, idea)
    if idea.is_draft:
        writing.apply_words(actor, idea, words)
    else:
        writing.check_same(idea, words)
    return idea


@command
def publish(actor: Actor, idea: Idea, *, signs: Iterable[str] = (), numbers: Mapping[str, int] | None = None) -> Idea:
    """Make a draft public: revision 1, and its first step. What must be looked at first is pending.

    `numbers` are those that `trust.suspect_codes` takes. Raise Invalid where its community was archived meanwhile,
    TooMany past the pace of a known account.
    """
    require(actor, policy.PUBLISH, idea)
    lead_community.check_current(idea.community_id)
    idea.suspect = trust.suspect_codes(actor, "idea", writing.get_whole_text(idea), signs=signs, numbers=numbers)
    return _hold(idea, by=actor.own_id) if idea.suspect else _show(idea)


def _hold(idea: Idea, *, by: int) -> Idea:
    """Let an idea wait until the team has read it."""
    idea.status = "pending"
    writing.sync_thread(idea)
    tell(IdeaHeld(idea.id, by=by))
    return idea


def hand_over(idea: Idea, author_id: int) -> None:
    """Make a member the author of an idea, in the place of whoever published it for them, inside a command."""
    idea.author_id = author_id
    threads.sync(idea.thread_id, author_id=author_id)


@command
def admit(actor: Actor, idea: Idea) -> Idea:
    """Publish a pending idea, now."""
    require(actor, policy.ADMIT, idea)
    return _show(idea)


def take_back(idea: Idea, suspect: str) -> None:
    """Let an idea wait again as it did before it was admitted, inside the command that undoes this."""
    for model in (Revision, StatusChange):
        run(delete(model).where(model.idea_id == idea.id))
    idea.status, idea.published_at, idea.status_at, idea.revisions_count = "pending", None, None, 0
    idea.answered_at, idea.suspect = None, suspect
    writing.sync_thread(idea)


def _show(idea: Idea) -> Idea:
    """Show an idea to the public, from now on."""
    assert idea.author_id is not None, "what is drafted here has an author here"
    idea.status, idea.published_at, idea.suspect = "published", clock.now(), ""
    idea.hidden_reason = None
    writing.add_revision(idea, "")
    writing.add_step(idea, "published", by=idea.author_id, reason="")
    writing.sync_thread(idea)
    tell(IdeaPublished(idea.id))
    return idea
