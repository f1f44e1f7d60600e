"""Supporting an idea."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.votes import SupportForm
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.votes import queries, service
from app.web.frame import follow_button, links, loaders
from app.web.frame.responses import done, done_in_part, is_htmx, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.votes.bp import bp


@bp.post("/ideas/<id:idea_id>/vote")
@members(policy.SUPPORT, of=loaders.IDEA, limit="mark")
def cast(idea: Idea) -> str | Response:
    place = _place(idea)
    service.cast(me(), idea, is_named=_is_named())
    return _show(place, _("Votre appui est compté. Merci!"))


@bp.post("/ideas/<id:idea_id>/vote/withdrawal")
@members(policy.SUPPORT, of=loaders.IDEA, limit="mark")
def withdraw(idea: Idea) -> str | Response:
    place = _place(idea)
    service.withdraw(me(), idea)
    return _show(place, _("Votre appui est retiré."))


@bp.post("/ideas/<id:idea_id>/vote/name")
@members(policy.READ, of=loaders.IDEA, limit="mark")
def name(idea: Idea) -> str | Response:
    place = _place(idea)
    service.set_is_named(me(), idea, is_named=_is_named())
    return _show(place, _("Votre choix est enregistré."))


def _is_named() -> bool:
    form = SupportForm()
    form.validate()
    return bool(form.is_named.data)


def _place(idea: Idea) -> tuple[int, str]:
    """Return the number and the address of an idea, which an act on it would have us read again."""
    return idea.id, links.idea_url(idea, _anchor="support-now")


def _show(place: tuple[int, str], message: str) -> str | Response:
    """Show the support as it is now: the part of the page if htmx asked, else the idea."""
    idea_id, url = place
    if is_htmx():
        idea = reading.get_idea(me(), idea_id, policy.READ)
        part = render(
            "votes/_support.html",
            idea=idea,
            support=queries.get_support(me(), idea),
            is_answer=True,
            follow=follow_button.of_idea(idea) if idea.is_published else None,
        )
        return done_in_part(part, message)
    return done(url, message)
