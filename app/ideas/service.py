"""Every act on an idea: ask, change, tell."""
from collections.abc import Iterable

from sqlalchemy import update

from app.accounts import changes, limits, posts, trust
from app.accounts.submissions import Sending
from app.comments import service as comments
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid, TooMany
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas import leading, policy, removal, writing
from app.ideas.models import NEXT, Idea, Revision, StatusChange
from app.ideas.queries import reading
from app.ideas.signals import IdeaHeld, IdeaMoved, IdeaRevised
from app.ideas.writing import Typed

POSTS, DRAFTS = 20, 30
BEGUN = N_("Pas enregistré : vous avez commencé beaucoup de brouillons en peu de temps. Réessayez dans %(minutes)s "
           "minutes; d'ici là, votre texte reste sur cette page.")
NO_LINK = N_("Ce motif paraît sans être relu : un nouveau compte n'y met ni lien, ni plus de noms avec @ que permis.")
SUBMITTED = N_("Ce texte a été publié ou changé depuis que cette page est ouverte; ce que vous venez d'envoyer n'est "
               "pas encore enregistré. Relisez-le ci-dessous : en l'envoyant de nouveau, vous remplacez le texte "
               "publié.")
NOT_NEXT = N_("Cette étape n'est pas possible depuis l'état présent de l'idée.")


@command
def submit(
        actor: Actor, idea: Idea | None, typed: Typed, *, form_key: str | None = None, signs: Iterable[str] = ()
) -> Idea:
    """Publish what was typed, of a new idea (None) or of a draft, as one act; sent again, it returns the same idea.

    Raise Conflict where it is published already in other words, TooMany past the limit of the hour, and what `save`
    and `publish` raise.
    """
    idea = save(actor, idea, typed) if idea else _begun(actor, typed, form_key) or _begin(actor, typed, form_key)
    if not idea.is_draft:
        return idea
    posts.count(actor, "idea", most=POSTS)
    return publish(actor, idea, signs=signs)


@command
def draft(actor: Actor, typed: Typed, *, form_key: str | None = None) -> Idea:
    """Begin an idea; the same form sent again gives the same draft, and so do the same words within the hour.

    Raise Conflict where it is published already in other words, TooMany past the limit of drafts of the hour.
    """
    known = _begun(actor, typed, form_key)
    if known:
        return known
    seconds = limits.count("draft", actor, most=DRAFTS, within=posts.HOUR)
    if seconds:
        raise TooMany(BEGUN, retry_after=seconds, minutes=limits.minutes(seconds))
    return _begin(actor, typed, form_key)


def _begun(actor: Actor, typed: Typed, form_key: str | None) -> Idea | None:
    """Find what this form made already, or what was sent with these words; a draft takes what was typed since."""
    require(actor, policy.WRITE)
    sending = Sending(actor, "idea", form_key)
    known = db.session.get(Idea, sending.first_result() or 0) or reading.just_sent(actor, typed.title, typed.body)
    if known is None:
        return None
    sending.record(known.id)
    if known.is_draft:
        return save(actor, known, typed)
    _check_same(known, typed)
    return known


def made_by(actor: Actor, form_key: str | None) -> int | None:
    """Return the id of the idea that a form made, or None."""
    return Sending(actor, "idea", form_key).result()


def _begin(actor: Actor, typed: Typed, form_key: str | None) -> Idea:
    thread = comments.open_thread(
        "idea", typed.title, community_id=typed.community_id, author_id=actor.id, is_public=False, is_open=False)
    idea = Idea(author_id=actor.id, thread_id=thread.id, status="draft")
    writing.write(actor, idea, typed)
    db.session.add(idea)
    db.session.flush()
    writing.place(idea, typed)
    Sending(actor, "idea", form_key).record(idea.id)
    return idea


@command
def save(actor: Actor, idea: Idea, typed: Typed) -> Idea:
    """Keep a draft as it is typed. Raise Conflict where it was submitted meanwhile, in other words."""
    require(actor, policy.EDIT, idea)
    if idea.is_draft:
        writing.change(actor, idea, typed)
    else:
        _check_same(idea, typed)
    return idea


def _check_same(idea: Idea, typed: Typed) -> None:
    if not writing.is_stored(idea, typed):
        raise Conflict(SUBMITTED)


@command
def publish(actor: Actor, idea: Idea, *, signs: Iterable[str] = ()) -> Idea:
    """Make a draft public: revision 1, and the first step of the road. What must be looked at first is pending.

    Raise Invalid where its community was archived meanwhile.
    """
    require(actor, policy.PUBLISH, idea)
    leading.check_current(idea.community_id)
    idea.suspect = trust.weigh(actor, "idea", f"{idea.title}\n{idea.body}", signs=signs)
    if idea.suspect:
        idea.status = "pending"
        writing.keep_thread(idea)
        tell(IdeaHeld(idea.id, by=actor.own_id))
        return idea
    return _appeared(idea)


@command
def admit(actor: Actor, idea: Idea) -> Idea:
    """Let a pending idea appear, now."""
    require(actor, policy.ADMIT, idea)
    return _appeared(idea)


def _appeared(idea: Idea) -> Idea:
    assert idea.author_id is not None, "what is drafted here has an author here"
    idea.status, idea.published_at, idea.suspect = "published", clock.now(), ""
    _revise(idea, "")
    _step(idea, "published", by=idea.author_id, reason="")
    writing.keep_thread(idea)
    return idea


@command
def revise(
        actor: Actor, idea: Idea, typed: Typed, *, summary: str = "", version: str = "", waiting: str | None = None,
        signs: Iterable[str] = ()) -> Idea:
    """Change an idea that was submitted; a new revision is kept when its words changed.

    What is doubtful waits as a held revision (`changes.current`), and what is published stays. `version` names what
    the person had before them ("" for nothing), `waiting` a change that waited: raise Conflict where either is another
    by now, TooMany past the limit.
    """
    require(actor, policy.EDIT, idea)
    if version and version != idea.version:
        _check_same(idea, typed)
    is_waiting = idea.status == "pending"
    if is_waiting and (idea.title, idea.body) != (typed.title, typed.body):
        changes.count(actor)
    change = writing.compared(idea, typed, summary)
    words = writing.storable(typed, summary)
    if is_waiting or changes.appears(actor, change, words, signs=signs, waiting=waiting, idea_id=idea.id):
        rewrite(actor, idea, typed, summary=summary)
    return idea


def rewrite(actor: Actor, idea: Idea, typed: Typed, *, summary: str, is_read: bool = False) -> None:
    """Write a new text over an idea, inside the command that let it appear; `is_read`: the team did."""
    has_changed = (idea.title, idea.body) != (typed.title, typed.body)
    writing.change(actor, idea, typed)
    writing.keep_thread(idea)
    if has_changed and idea.status != "pending":
        idea.edited_at = clock.now()
        _revise(idea, summary)
        tell(IdeaRevised(idea.id, by=idea.author_id or actor.own_id, number=idea.revisions_count, is_read=is_read))


@command
def move(actor: Actor, idea: Idea, status: str, *, reason: str) -> Idea:
    """Bring an idea to its next station, with the reason the public reads."""
    require(actor, policy.ANSWER, idea)
    if status not in NEXT[idea.status]:
        raise Conflict(NOT_NEXT)
    return _moved(actor, idea, status, reason)


@command
def withdraw(actor: Actor, idea: Idea, *, reason: str) -> Idea:
    """Let its author take an idea back; it stays readable, its supports are frozen."""
    require(actor, policy.WITHDRAW, idea)
    if actor.is_new and (trust.links(reason) or trust.excess(reason)):
        raise Invalid(NO_LINK, "reason")
    changes.drop(idea_id=idea.id)
    return _moved(actor, idea, "withdrawn", reason)


@command
def discard(actor: Actor, idea: Idea) -> None:
    """Throw a draft away."""
    require(actor, policy.DISCARD, idea)
    removal.erase(idea)


@command
def hide(actor: Actor, idea: Idea, *, reason: str) -> None:
    require(actor, policy.HIDE, idea)
    idea.hide(actor.own_id, reason)
    writing.keep_thread(idea)


@command
def restore(actor: Actor, idea: Idea) -> None:
    require(actor, policy.RESTORE, idea)
    idea.show()
    writing.keep_thread(idea)


def count_vote(idea_id: int, by: int) -> None:
    """Move the counter of supports, in the transaction of the vote."""
    run(update(Idea).where(Idea.id == idea_id).values(votes_count=Idea.votes_count + by))


def _moved(actor: Actor, idea: Idea, status: str, reason: str) -> Idea:
    idea.status = status
    _step(idea, status, by=actor.id, reason=reason)
    writing.keep_thread(idea)
    tell(IdeaMoved(idea.id, by=actor.own_id, status=status, reason=reason))
    return idea


def _revise(idea: Idea, summary: str) -> None:
    idea.revisions_count += 1
    db.session.add(Revision(
        idea_id=idea.id, number=idea.revisions_count, title=idea.title, body=idea.body, body_html=idea.body_html,
        summary=summary))


def _step(idea: Idea, status: str, *, by: int | None, reason: str) -> None:
    idea.status_at = clock.now()
    db.session.add(StatusChange(
        idea_id=idea.id, status=status, by_id=by, at=idea.status_at, reason=reason, community_id=idea.community_id))
