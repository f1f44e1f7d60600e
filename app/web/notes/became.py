"""What each thing that was said in a forum has become, for everybody; and whoever said it, who becomes its author."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.errors import N_, NotFound
from app.core.permits import Permission
from app.forms.base import Form
from app.forms.notes import KINDS
from app.forum import policy as forum
from app.forum.models import Forum
from app.forum.participants import Participant
from app.forum.queries import forums
from app.notes import policy
from app.notes.queries import review as queries
from app.notes.said import Said
from app.notes.service import authors
from app.web.forum import wall
from app.web.frame import links
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me
from app.web.notes import fates
from app.web.notes.bp import bp

LATE = N_("Cette idée a déjà quelqu'un d'autre pour autrice ou auteur.")


def get_said(actor: Actor, forum_id: int, line_id: int, permission: Permission) -> Said:
    """Return a line of a forum that became an idea, where a person has a permission on it. Raise NotFound."""
    forums.get_forum(actor, forum_id, forum.READ)
    queries.get_line(forum_id, line_id)
    said = queries.get_said(line_id)
    if not permission.permits(actor, said):
        raise NotFound()
    return said


SAID = Loader(get_said, "forum_id", "line_id")


@bp.get("/forums/<id:forum_id>/said")
@public(forum.READ, of=Loader(forums.get_forum, "forum_id"))
def became(found: Forum) -> str:
    """Show each thing that was said, session by session, with what it is today."""
    said, who = queries.list_said(found.id), Participant(found)
    return render(
        "notes/became.html",
        forum=found,
        event=found.event,
        who=who,
        said=said,
        cells=wall.tell_cells(who, list(said)),
        fates=fates.describe([line for lines in said.values() for line in lines], found.id),
        kinds=KINDS,
    )


@bp.post("/forums/<id:forum_id>/said/<id:line_id>/author")
@members(
    policy.BECOME_AUTHOR,
    of=SAID,
    late=[policy.is_of_reviewer, policy.is_not_theirs],
    form_on="notes.became",
    limit="team",
)
def become_author(said: Said) -> Response:
    """Make whoever said it the author of the idea that it became."""
    form, forum_id = Form(), queries.get_topic(said.line.topic_id).forum_id
    outcome = attempt(form, lambda: authors.become_author(me(), said.line), late=LATE)
    if outcome.code:
        return done(url_for(".became", forum_id=forum_id), "; ".join(map(str, form.form_errors)), "warning")
    return done(
        links.idea_url(outcome.result),
        _("C'est votre idée : vous la corrigez, la complétez, et on vous avise de ce qu'elle devient."),
    )
