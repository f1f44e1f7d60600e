"""First posts: publish them with one press, or refuse them with a reason; and the accounts that the site froze."""

from collections.abc import Callable
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy as comments
from app.comments.models import Comment
from app.communities import policy as communities
from app.contents.models import container_of
from app.core.errors import N_
from app.desk.queries.queues import Scope
from app.forms.moderation import AdmissionForm, JudgedWordsForm, MeasureForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.first_posts.models import FrozenAccount, HeldChange
from app.moderation.first_posts.queries import frozen_accounts
from app.moderation.first_posts.service import first_posts as service
from app.moderation.first_posts.service import frozen_accounts as admission_frozen_accounts
from app.web.frame import desk_return, errors, loaders
from app.web.frame.attempt import LATE, attempt
from app.web.frame.filters import display_name
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import comparison, finders, saved_replies, unpublishing
from app.web.moderation.bp import bp
from app.web.moderation.contents import COMMENT, IDEA, MEMBER, get_title_and_url

READ_FIRST = N_("Ce texte n'attend plus : quelqu'un de l'équipe l'a publié ou refusé avant vous.")
BOTH = ["GET", "POST"]
FREEZE = "moderation/freeze.html"
ADMIT_IDEA = members(ideas.ADMIT, of=loaders.IDEA, late=[ideas.is_pending, ideas.is_shown], limit="team")
ADMIT_COMMENT = members(comments.ADMIT, of=loaders.COMMENT, late=[comments.is_pending, comments.is_shown], limit="team")


@bp.post(f"{IDEA}/admission")
@ADMIT_IDEA
def admit_idea(idea: Idea) -> Response:
    def say(text: str) -> Any:
        return unpublishing.offer(text, ".unpublish_idea", idea_id=idea.id)

    return answer_admission(idea, service.publish_idea, get_title_and_url(idea)[1], say)


@bp.route(f"{IDEA}/refusal", methods=BOTH)
@ADMIT_IDEA
def refuse_idea(idea: Idea) -> str | Response:
    return ask_refusal(
        idea, service.refuse_idea, *get_title_and_url(idea), idea.community_id, begin=comparison.write_reason(idea)
    )


@bp.post(f"{COMMENT}/admission")
@ADMIT_COMMENT
def admit_comment(comment: Comment) -> Response:
    def say(text: str) -> Any:
        return unpublishing.offer(text, ".unpublish_comment", comment_id=comment.id)

    return answer_admission(comment, service.publish_comment, get_title_and_url(comment)[1], say)


@bp.route(f"{COMMENT}/refusal", methods=BOTH)
@ADMIT_COMMENT
def refuse_comment(comment: Comment) -> str | Response:
    return ask_refusal(comment, service.refuse_comment, *get_title_and_url(comment), container_of(comment).community_id)


@bp.route(f"{MEMBER}/freeze", methods=BOTH)
@members(communities.REVIEW, of=finders.FROZEN_ACCOUNT, limit="team", shows="frozen")
def review_frozen(frozen_account: FrozenAccount) -> str | Response:
    """Show a frozen account and its texts that wait; lift the freeze with a reason."""
    form, user_id = MeasureForm(), frozen_account.user_id
    room = min(frozen_account.community_ids & {room.id for room in Scope(me()).rooms}, default=None)
    if request.method != "POST" or saved_replies.insert(form.reason, room):
        return render(FREEZE, **_values(frozen_account), form=form, reply_room=room)
    outcome = attempt(
        form, lambda: admission_frozen_accounts.lift(me(), frozen_account.restriction, reason=form.reason.data)
    )
    if outcome.code:
        return refuse(FREEZE, code=outcome.code, **_values(frozen_account), form=form, reply_room=room)
    return done(
        url_for("accounts.member", user_id=user_id),
        _(
            "La pause est levée : %(name)s peut de nouveau participer. Ce qui attend reste à lire.",
            name=display_name(frozen_account.name),
        ),
    )


def _values(frozen_account: FrozenAccount) -> dict[str, Any]:
    user_id = frozen_account.user_id
    return {
        "frozen_account": frozen_account,
        "pending_ideas": frozen_accounts.list_pending_ideas(me(), user_id),
        "pending_comments": frozen_accounts.list_pending_comments(me(), user_id),
    }


def answer_admission(
    content: Idea | Comment | HeldChange, publish: Callable[..., None], url: str, say: Callable[[str], Any] = str
) -> Response:
    """Publish a text and return to the page of the button; say so where its author or a colleague was faster.

    `say` makes the message of what it is told.
    """
    form = AdmissionForm()
    if not form.validate():
        abort(400)
    outcome = attempt(
        form, lambda: publish(me(), content, trusts=form.trust.data, version=form.version.data), late=READ_FIRST
    )
    if outcome.code:
        return _explain(outcome.code, form.form_errors[0], url)
    said = (
        _("C'est publié. Ce que cette personne écrira paraîtra désormais tout de suite.")
        if form.trust.data
        else _("C'est publié.")
    )
    if form.into.data:
        next_url = url_for("ideas.choose_merge", idea_id=content.id, into=form.into.data)
        return done(next_url, say(said), goes_on=True)
    return done(url, say(said))


def _explain(code: int, why: str, url: str) -> Response:
    """Answer with why the text did not appear, and a way back to the page of the button."""
    return errors.render_page(
        code,
        _(
            "Ce texte attend encore, car il ne peut pas paraître tel quel. %(why)s Vous pouvez "
            "aussi le refuser, avec un motif.",
            why=why,
        )
        if code == 422
        else why,
        desk_return.back_link(url, is_done=code != 422),
    )


def ask_refusal(
    content: Idea | Comment | HeldChange,
    act: Callable[..., None],
    title: str,
    url: str,
    room: int | None,
    page: str = "moderation/refusal.html",
    begin: str = "",
    **more: Any,
) -> str | Response:
    """Ask for a reason (`begin` is what it begins with), then refuse the text and return to the desk or to it."""
    form = JudgedWordsForm()
    values: dict[str, Any] = {
        "content": content,
        "title": title,
        "back": desk_return.cancel_url(url),
        "form": form,
        "reply_room": room,
    } | more
    if request.method != "POST":
        form.version.data, form.reason.data = content.version, begin
    if request.method != "POST" or saved_replies.insert(form.reason, room):
        return render(page, **values)
    outcome = attempt(form, lambda: act(me(), content, reason=form.reason.data, version=form.version.data), late=LATE)
    if outcome.code:
        form.version.data = content.version
        return refuse(page, code=outcome.code, **values)
    return done(url, _("C'est refusé. La personne qui l'a écrit est avisée de votre motif; son texte est gardé."))
