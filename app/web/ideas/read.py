"""Ideas to read: the list, one idea, its revisions."""

from typing import Any

from markupsafe import Markup
from werkzeug.wrappers import Response

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.comments.queries.tree import Branch, ThreadPage
from app.core.actor import ANYONE
from app.core.text.diff import word_diff
from app.events.queries import lists as events
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import answers, facets, lists, reading
from app.ideas.queries.facets import Placing
from app.moderation.merges import queries
from app.moderation.merges.queries import RelatedIdeas
from app.moderation.moves import queries as moves
from app.moderation.moves.models import MoveRequest, Offer
from app.notes.queries import review
from app.notes.queries.review import SaidAt
from app.notifications.queries.page_notices import TEXTS
from app.plan.queries import concerns
from app.plan.queries import links as plan_links
from app.votes import queries as votes
from app.web.comments import subjects, talks, visits
from app.web.frame import follow_button, links, loaders, params, read_state, stations, structured
from app.web.frame.responses import is_htmx, lead_on, render
from app.web.frame.routes import Loader, public
from app.web.frame.session import me, rooms
from app.web.ideas import export, listing, pictures
from app.web.ideas.bp import bp
from app.web.ideas.moments import find_moment
from app.web.ideas.sent import view_sent

READ_ANY = policy.READ | policy.READ_OWN


@bp.get("/ideas")
@public(policy.READ, lists=reading.readable_by)
def index() -> str:
    query = listing.read_query()
    filters = query.filters()
    page = lists.list_ideas(me(), filters, sort=query.sort, after=query.after)
    counts = facets.get_counts(me(), filters)
    return render(
        "ideas/index.html",
        "ideas/_browse.html",
        is_filtering=is_htmx(),
        listing=page,
        query=query,
        counts=counts,
        facets=listing.get_facets(query, counts),
        chips=listing.list_chips(query),
        sorts=listing.list_sorts(query),
        offer=export.find_files(query, counts),
    )


@bp.get("/ideas/<id:idea_id>", defaults={"slug": ""})
@bp.get("/ideas/<id:idea_id>-<slug>")
@public(READ_ANY, of=Loader(queries.get_idea_with_related, "idea_id"), shows="idea")
def show(found: tuple[Idea, RelatedIdeas], slug: str) -> str | Response:
    """Show an idea; where READ is refused to its author, they still see their own words, and nothing else."""
    idea, related = found
    if slug != (idea.slug or "-"):
        return lead_on(links.idea_url(idea))
    if not policy.READ.permits(me(), idea):
        return _show_own_words(idea, related.placing)
    offer, move_request, held_revision = _find_waiting(idea)
    follow = follow_button.of_idea(idea) if idea.is_published else None
    new_ids = visits.list_new(idea.thread, follow.following) if follow else ()
    subject = subjects.of_idea(idea)
    talk = talks.read(idea.thread, beside=[one.idea.thread_id for one in related.duplicates])
    journey = _read_journey(idea, related)
    support = votes.get_support(me(), idea)
    return render(
        "ideas/show.html",
        idea=idea,
        is_public=policy.READ.permits(ANYONE, idea),
        room=rooms().by_id.get(idea.community_id or 0),
        related=related,
        talk=talks.render_thread(subject, talk, new_ids),
        beginnings=_list_beginnings(related, talk),
        article=idea,
        picture=pictures.of_page(idea, journey["last_status"]),
        structured=structured.describe_posting(idea, talk) if _is_for_engines(idea) else None,
        canonical=links.absolute_idea_url(related.into.idea) if related.into else None,
        draft=answers.find_draft(me(), idea),
        offer=offer,
        move_request=move_request,
        held_revision=held_revision,
        support=support,
        moment=find_moment(idea, stands_by=support.is_mine or bool(follow and follow.following.is_on)),
        follow=follow,
        subject=subject,
        new_ids=new_ids,
        form=talks.blank_form(),
        **journey,
    )


def _show_own_words(idea: Idea, placing: Placing) -> str:
    """Show an idea that is hidden, or that waits, to its author."""
    held_revision = changes.find_own_revision(me(), idea_id=idea.id) if idea.is_hidden else None
    sent = view_sent(idea, placing)
    return render("ideas/own.html", idea=idea, placing=placing, held_revision=held_revision, sent=sent)


def _find_waiting(idea: Idea) -> tuple[Offer | None, MoveRequest | None, HeldRevision | None]:
    """Return what waits about an idea: its hand-over and the request of its author for its team, a change for both."""
    is_team = policy.MODERATE.permits(me(), idea)
    offer, move_request, held_revision = moves.find_waiting(idea) if is_team else (None, None, None)
    if policy.is_author(me(), idea):
        held_revision = changes.find_own_revision(me(), idea_id=idea.id)
    return (offer, move_request, held_revision) if policy.MOVE.permits(me(), idea) else (None, None, held_revision)


def _read_journey(idea: Idea, related: RelatedIdeas) -> dict[str, Any]:
    """Read where an idea is placed, the steps that it took, and what of the plan it led to."""
    steps = reading.list_steps(idea)
    idea_ids = [idea.id, *(one.idea.id for one in related.duplicates)]
    link_rows = plan_links.list_links_of_ideas(me(), idea_ids) if related.has_links else []
    return {
        "placing": related.placing,
        "steps": steps,
        "last_status": stations.find_last_status(steps),
        "link_rows": link_rows,
        "updates": concerns.list_updates_on_idea(me(), idea.id) if related.has_updates else [],
        "sessions": _list_sessions(idea) if related.was_said else [],
        "talks_at": events.list_about(me(), "idea_id", idea.id) if related.has_events else [],
        "step_actions": {one.link.action_id: one.link.action for one in link_rows},
    }


def _list_sessions(idea: Idea) -> list[SaidAt]:
    """Return the sessions of forums where an idea was said, each once."""
    found = review.list_of_idea(me(), idea.id)
    return list({said.topic.id: said for said in reversed(found)}.values())[::-1]


def _is_for_engines(idea: Idea) -> bool:
    """Tell whether the page says what it holds to search engines; they have no account."""
    return idea.is_public and not idea.is_private and not me().is_someone


def _list_beginnings(related: RelatedIdeas, talk: ThreadPage) -> list[tuple[Idea, Markup]]:
    """Draw how the talk began under each idea that was joined to this one."""
    found = [
        (one.idea, talk.beside[one.idea.thread_id]) for one in related.duplicates if one.idea.thread_id in talk.beside
    ]
    pages = [
        (idea, ThreadPage(entries[0].comment.thread, [Branch(entry.id, [entry]) for entry in entries], "oldest"))
        for idea, entries in found
    ]
    return [(idea, talks.show_entries(page)) for idea, page in pages]


@bp.get("/ideas/<id:idea_id>/revisions")
@public(READ_ANY, of=loaders.IDEA)
def revisions(idea: Idea) -> str:
    return render("ideas/revisions.html", idea=idea, revisions=reading.list_revisions(idea))


@bp.get("/ideas/<id:idea_id>/revisions/<id:number>")
@public(READ_ANY, of=loaders.IDEA)
def revision(idea: Idea, number: int) -> str:
    now, before = reading.get_revision(idea, number, params.id_param("since"))
    read_state.note_shown("revision", [idea.id])
    read_state.note_shown(TEXTS, range(before.number + 1 if before else 1, number + 1))
    return render(
        "ideas/revision.html",
        idea=idea,
        revision=now,
        before=before,
        previous=number - 1 if before else None,
        following=number + 1 if number < idea.revisions_count else None,
        title_diff=word_diff(before.title, now.title) if before else None,
        body_diff=word_diff(before.body, now.body) if before else None,
        spot_diff=word_diff(before.spot, now.spot) if before else None,
    )
