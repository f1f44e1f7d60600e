"""Ideas to read: the list, one idea, its revisions."""
from flask import redirect
from werkzeug.wrappers import Response

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.comments.queries.tree import Branch, ThreadPage
from app.core.text.diff import word_diff
from app.forms.comments import CommentForm
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import answers, facets, lists, reading
from app.merges.queries import merges
from app.moves import queries as moves
from app.moves.models import MoveRequest, Offer
from app.votes import queries as votes
from app.web.comments import subjects
from app.web.frame import links
from app.web.frame.params import number as number_given
from app.web.frame.params import single
from app.web.frame.session import me
from app.web.frame.support import is_htmx, public, render
from app.web.ideas import listing
from app.web.ideas.bp import bp

READ_ANY = policy.READ | policy.READ_OWN


@bp.get("/ideas")
@public(policy.READ)
def index() -> str:
    wanted = listing.asked()
    filters = wanted.filters()
    page = lists.listing(me(), filters, sort=wanted.sort, after=wanted.after)
    counts = facets.counts(me(), filters)
    return render(
        "ideas/index.html", "ideas/_browse.html", is_filtering=is_htmx(), listing=page, wanted=wanted,
        total=counts.total,
        facets=listing.facets(wanted, counts), chips=listing.chips(wanted), sorts=listing.sorts(wanted),
        placings=facets.placings(page.items))


@bp.get("/ideas/<id:idea_id>", defaults={"slug": ""})


@bp.get("/ideas/<id:idea_id>-<slug>")
@public(READ_ANY)
def show(idea_id: int, slug: str) -> str | Response:
    """Show an idea; to its author alone, where nobody of their standing reads it, their own words and nothing else."""
    idea, kin = merges.with_kin(me(), idea_id, READ_ANY)
    if slug != (idea.slug or "-"):
        return redirect(links.idea(idea), 301)
    if not policy.READ.permits(me(), idea):
        return render("ideas/own.html", idea=idea, placing=facets.placings([idea])[idea.id], kept=_kept(idea))
    steps = reading.steps(idea)
    talk = subjects.talk(idea.thread, beside=[one.idea.thread_id for one in kin.joined])
    offer, asked, held = _waiting(idea)
    reached = next((step.status for step in reversed(steps) if step.status not in ("archived", "withdrawn")), None)
    return render(
        "ideas/show.html", idea=idea, placing=facets.placings([idea])[idea.id], steps=steps, reached=reached,
        kin=kin, beginnings=_beginnings(kin, talk), canonical=links.whole(kin.into.idea) if kin.into else None,
        kept=_kept(idea), draft=answers.living(me(), idea), offer=offer, asked=asked, held=held,
        support=votes.support(me(), idea), talk=talk, subject=subjects.of_idea(idea),
        form=CommentForm(formdata=None) if me().is_someone else None)


def _waiting(idea: Idea) -> tuple[Offer | None, MoveRequest | None, HeldRevision | None]:
    """Return what waits of an idea: to its team the hand-over and what its author asks; to both a change of it."""
    offer, asked, held = moves.waiting_on(idea) if policy.MODERATE.permits(me(), idea) else (None, None, None)
    if policy.is_author(me(), idea):
        held = changes.current(me(), idea_id=idea.id)
    return (offer, asked, held) if policy.MOVE.permits(me(), idea) else (None, None, held)


def _beginnings(kin: merges.Kin, talk: ThreadPage) -> list[tuple[Idea, ThreadPage]]:
    """Give how the talk began under each idea that was joined to this one."""
    found = [(one.idea, talk.beside[one.idea.thread_id]) for one in kin.joined if one.idea.thread_id in talk.beside]
    return [(idea, ThreadPage(entries[0].comment.thread, [Branch(entry.id, [entry]) for entry in entries], "oldest"))
            for idea, entries in found]


def _kept(idea: Idea) -> str | None:
    """Name the text this browser may now forget: the form it was typed in has been taken."""
    if not single("kept", ("1", "new")) or not me().is_someone:
        return None
    return f"idea-{'new' if single('kept') == 'new' else idea.id}:{me().id}"


@bp.get("/ideas/<id:idea_id>/revisions")
@public(READ_ANY)
def revisions(idea_id: int) -> str:
    idea = reading.one(me(), idea_id, READ_ANY)
    return render("ideas/revisions.html", idea=idea, revisions=reading.revisions(idea))


@bp.get("/ideas/<id:idea_id>/revisions/<id:number>")
@public(READ_ANY)
def revision(idea_id: int, number: int) -> str:
    idea = reading.one(me(), idea_id, READ_ANY)
    now, before = reading.revision(idea, number, number_given("since"))
    return render("ideas/revision.html", idea=idea, revision=now, before=before,
                  previous=number - 1 if before else None,
                  following=number + 1 if number < idea.revisions_count else None,
                  title_diff=word_diff(before.title, now.title) if before else None,
                  body_diff=word_diff(before.body, now.body) if before else None)
