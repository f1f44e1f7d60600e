"""From notes to the road: each thing that was said finds its place once, and the last press tells those who were there.

Two facilitators review at once: a line is theirs who gives it its place first, and the other is told what it became.
"""

from collections.abc import Collection

from app.comments import service as comments
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import insert_once
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.forum.models import Forum
from app.forum.participants import Participant
from app.ideas import policy as ideas
from app.ideas import publishing
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.ideas.writing import IdeaWords
from app.notes import policy
from app.notes.models import ASIDE, JOINED, LINKED, NEW, OFFERED, ForumReview, PublishedLine
from app.notes.queries import review as queries
from app.notes.signals import LineLinked, ReviewEnded
from app.plan.queries import links

TAKEN = N_(
    "Quelqu'un vient de donner sa place à cette ligne : vous la trouvez plus bas, avec ce qu'elle est devenue. Rien de "
    "ce que vous avez choisi n'est parti."
)
NO_IDEA = N_("Choisissez une idée que vous pouvez lire.")
NO_ACTION = N_("Choisissez une action du plan.")
OPEN = N_("Le forum n'est pas clos : d'autres notes peuvent encore paraître. Terminez quand il l'est.")
EMPTY = N_("Rien de ce qui s'est dit à ce forum n'est publié : il n'y a rien à relire, ni personne à aviser.")
LEFT = N_("Il reste des lignes sans place : donnez-en une à chacune, ou mettez-la de côté avec un motif.")


def _rows(_actor: Actor, who: Participant, *_words: object) -> tuple[Forum]:
    return (who.forum,)


@command(also=_rows)
def publish(
    actor: Actor, who: Participant, line: PublishedLine, words: IdeaWords, *, was: str, form_key: str = ""
) -> Idea | None:
    """Have a line become a new idea, whose author is whoever publishes it; return it, None for a form sent twice.

    `was` is the fate that the page showed ("": none). Raise Conflict where it is another by now, and what
    `publishing.submit` raises.
    """
    if not _begin(actor, who, line, NEW, was):
        return None
    line_id = line.id
    idea = publishing.submit(actor, None, words, form_key=form_key, of_meeting=True)
    _give(actor, line_id, NEW, idea_id=idea.id)
    return idea


@command(also=_rows)
def join(
    actor: Actor,
    who: Participant,
    line: PublishedLine,
    idea_id: int,
    *,
    body: str,
    is_offer: bool = False,
    was: str,
    also: Collection[int] = (),
) -> None:
    """Have a line be heard under an idea, as a comment with where it was said; an offer has that intent.

    `also` are other lines that the same comment says. Raise Conflict as `publish` does, Invalid for an idea that this
    person does not read, and what a comment raises.
    """
    fate = OFFERED if is_offer else JOINED
    if not _begin(actor, who, line, fate, was):
        return
    ids, line_id, lang = _take(who, line, also), line.id, line.lang
    idea = reading.find_idea(actor, idea_id, ideas.READ)
    if idea is None:
        raise Invalid(NO_IDEA, "idea")
    intent = "offer" if is_offer else None
    receipt = comments.post(
        actor, idea.thread, body=body, intent=intent, form_key=f"line:{line_id}", lang=lang, of_meeting=True
    )
    for number in ids:
        _give(actor, number, fate, idea_id=idea_id, comment_id=receipt.id)


@command(also=_rows)
def link(
    actor: Actor, who: Participant, line: PublishedLine, action_id: int, *, was: str, also: Collection[int] = ()
) -> None:
    """Link a line to an action of the plan, and others with it (`also`); who keeps it up to date is told once.

    Raise Conflict as `publish` does, Invalid for no action.
    """
    if not _begin(actor, who, line, LINKED, was):
        return
    ids, line_id = _take(who, line, also), line.id
    if action_id not in {action.id for action in links.list_linkable_actions(actor)}:
        raise Invalid(NO_ACTION, "action")
    for number in ids:
        _give(actor, number, LINKED, action_id=action_id)
    tell(LineLinked(line_id, by=actor.own_id))


@command(also=_rows)
def put_aside(actor: Actor, who: Participant, ids: Collection[int], *, reason: str) -> int:
    """Put lines aside for a reason that everybody reads; return how many: one that has its place keeps it."""
    require(actor, policy.REVIEW, who)
    left = [line for line in queries.lock_lines(who.forum.id, ids) if line.fate is None]
    for line in left:
        _give(actor, line.id, ASIDE, reason=reason)
    return len(left)


@command(also=_rows)
def end(actor: Actor, who: Participant) -> None:
    """End the review: those who were there and left a way are told, once. Again, it changes nothing.

    Raise Conflict where the forum is open, nothing was published of it, or a line has no place yet.
    """
    require(actor, policy.REVIEW, who)
    if not who.forum.is_closed:
        raise Conflict(OPEN)
    count, left = queries.count_lines(who.forum.id)
    if left or not count:
        raise Conflict(LEFT if left else EMPTY)
    if insert_once(ForumReview, forum_id=who.forum.id, ended_at=clock.now(), ended_by=actor.own_id):
        tell(ReviewEnded(who.forum.id, by=actor.own_id))


def _begin(actor: Actor, who: Participant, line: PublishedLine, fate: str, was: str) -> bool:
    """Ask whether a line may be given a fate now; False for what this person sent twice. Raise NotFound."""
    require(actor, policy.REVIEW, who)
    if line.is_withdrawn:
        raise NotFound()
    if line.fate == fate and line.review_by == actor.id and was != fate:
        return False
    if (line.fate or "") != was or line.fate not in (None, ASIDE):
        raise Conflict(TAKEN)
    return True


def _take(who: Participant, line: PublishedLine, also: Collection[int]) -> list[int]:
    """Return the numbers of a line and of those that go with it.

    Raise Conflict where one of them has its place, or was withdrawn.
    """
    others = set(also) - {line.id}
    beside = queries.lock_lines(who.forum.id, others) if others else []
    if len(beside) < len(others) or any(one.fate for one in beside):
        raise Conflict(TAKEN)
    return [line.id, *(one.id for one in beside)]


def _give(
    actor: Actor,
    line_id: int,
    fate: str,
    *,
    reason: str = "",
    idea_id: int | None = None,
    comment_id: int | None = None,
    action_id: int | None = None,
) -> None:
    line = db.session.get_one(PublishedLine, line_id)
    line.fate, line.reason = fate, reason
    line.idea_id, line.comment_id, line.action_id = idea_id, comment_id, action_id
    line.review_by, line.review_at = actor.own_id, clock.now()
