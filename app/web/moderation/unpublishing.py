"""A first post that was just published waits again, for a minute, with one press."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.comments.models import Comment
from app.forms.base import Form
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.first_posts.policy import TIME_TO_UNPUBLISH
from app.moderation.first_posts.service import first_posts as service
from app.web.frame import desk_return, errors, loaders
from app.web.frame.attempt import attempt
from app.web.frame.responses import done
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation.bp import bp
from app.web.moderation.contents import COMMENT, IDEA, get_title_and_url


@bp.post(f"{IDEA}/admission/withdrawal")
@members(ideas.UNPUBLISH, of=loaders.IDEA, limit="team")
def unpublish_idea(idea: Idea) -> Response:
    return _undo(idea, service.unpublish_idea)


@bp.post(f"{COMMENT}/admission/withdrawal")
@members(comments.UNPUBLISH, of=loaders.COMMENT, limit="team")
def unpublish_comment(comment: Comment) -> Response:
    return _undo(comment, service.unpublish_comment)


def offer(said: str, endpoint: str, **address: Any) -> dict[str, str | int]:
    """Make the message of a publication, with the button that undoes it and leads back to the item of the desk."""
    token = desk_return.find_token()
    return {
        "text": said,
        "url": url_for(endpoint, back=None, **address),
        "label": _("Annuler la publication"),
        "csrf": generate_csrf(),
        "back": str(token.as_it_was) if token else "",
        "seconds": int(TIME_TO_UNPUBLISH.total_seconds()),
    }


def _undo(content: Idea | Comment, act: Callable[..., None]) -> Response:
    """Undo a publication, or say why it stays."""
    form, url = Form(), get_title_and_url(content)[1]
    outcome = attempt(form, lambda: act(me(), content))
    if outcome.code:
        return errors.render_page(outcome.code, form.form_errors[0], desk_return.back_link(url))
    return done(url, _("La publication est annulée : ce texte attend de nouveau, et personne n'en est avisé."))
