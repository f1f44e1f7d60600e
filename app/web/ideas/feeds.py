"""The feeds of ideas: a list with its filters, and what is said under one idea."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments.queries import reading as comments
from app.core.actor import ANYONE
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import lists, reading, rows
from app.web.frame import feed_entries, feeds, links, loaders
from app.web.frame.feeds import Feed
from app.web.frame.routes import public
from app.web.ideas import listing
from app.web.ideas.bp import bp


@bp.get("/ideas.atom")
@public(policy.READ, lists=reading.readable_by)
def feed() -> Response:
    return feeds.render_feed(_read_list)


def _read_list() -> Feed:
    """Read the list that the address asks for, in the order of publication, whatever its sort."""
    query = listing.read_query()
    ideas = lists.list_ideas(ANYONE, query.filters(), after=query.after, size=feeds.SIZE).items
    pairs = query.pairs(leave_out=("sort",))
    title = ", ".join([_("Idées"), *(name for name, _url, _colour in listing.list_chips(query))])
    return Feed(
        query.url(pairs).strip("/"),
        title,
        query.url(pairs),
        "",
        list(map(feed_entries.of_idea, rows.list_whole(ideas))),
        pairs,
    )


@bp.get("/ideas/<id:idea_id>.atom")
@public(policy.READ, of=loaders.PUBLIC_IDEA)
def thread_feed(idea: Idea) -> Response:
    return feeds.render_feed(lambda: _read_thread(idea))


def _read_thread(idea: Idea) -> Feed:
    """Read what was said of an idea: its comments, what its community answered, and its own words."""
    said = [feed_entries.of_comment(comment) for comment in comments.list_latest(ANYONE, idea.thread_id, feeds.SIZE)]
    answers = [feed_entries.of_answer(step, idea) for step in reading.list_steps(idea) if step.is_answer]
    whole = feed_entries.of_idea(idea)
    return Feed(
        f"idea/{idea.id}/thread",
        idea.title,
        links.idea_url(idea),
        idea.excerpt,
        feeds.list_newest([*said, *answers, whole]),
    )
