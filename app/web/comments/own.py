"""What authors do with their own comments: correct one for a while, delete one."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.comments import policy, service
from app.comments.models import Comment
from app.comments.queries import reading
from app.forms.base import Form
from app.forms.comments import CorrectionForm
from app.web.comments import subjects
from app.web.comments.bp import bp
from app.web.frame import loaders, posting
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.route("/comments/<id:comment_id>/edit", methods=["GET", "POST"])
@members(
    policy.EDIT,
    of=loaders.COMMENT,
    late=[policy.may_take_part, policy.is_recent, policy.thread_is_talking],
    limit="text",
)
def edit(comment: Comment) -> str | Response:
    held_revision = changes.find_own_revision(me(), comment_id=comment.id)
    form = CorrectionForm(data={"body": held_revision.words["body"] if held_revision else comment.body})
    if request.method != "POST":
        _show_waiting(form, comment, held_revision)
        return render("comments/edit.html", form=form, comment=comment, held_revision=held_revision)
    body = form.body.data or ""
    message = posting.pending_message(comment) or _("Votre commentaire est corrigé.")
    outcome = attempt(
        form,
        lambda: service.edit(me(), comment, body=body, signs=form.signs(), waiting=form.waiting.data),
        check=lambda: form.validate() and not posting.is_excessive(form, body) and not _is_late(form, comment),
    )
    if outcome.code == 409:
        held_revision = changes.find_own_revision(me(), comment_id=comment.id)
        _show_waiting(form, comment, held_revision)
    if outcome.code:
        return refuse("comments/edit.html", code=outcome.code, form=form, comment=comment, held_revision=held_revision)
    return done(
        subjects.place(reading.get_comment(me(), comment.id, policy.READ_OWN)),
        *outcome.describe(*posting.change_message(message, comment_id=comment.id)),
    )


def _show_waiting(form: CorrectionForm, comment: Comment, held_revision: HeldRevision | None) -> None:
    """Note on the form what the page shows of a change that waits, or of a refusal."""
    form.show(held_revision)
    if comment.is_hidden and held_revision is None:
        form.waiting.data = comment.refusal


def _is_late(form: CorrectionForm, comment: Comment) -> bool:
    """Tell whether a comment can no longer be corrected; say so on the form."""
    is_late = not policy.EDIT.permits(me(), comment)
    if is_late:
        form.say(
            None,
            _(
                "Ce commentaire ne peut plus être corrigé : le délai est passé ou le fil est fermé. "
                "Copiez votre texte pour en faire une réponse."
            ),
        )
    return is_late


@bp.route("/comments/<id:comment_id>/deletion", methods=["GET", "POST"])
@members(policy.DELETE, of=loaders.COMMENT, limit="text")
def delete(comment: Comment) -> str | Response:
    subject, form = subjects.of_thread(comment.thread), Form()
    if not form.validate_on_submit():
        return render("comments/deletion.html", form=form, comment=comment, subject=subject)
    service.delete(me(), comment)
    return done(f"{subject.url}#comments", _("Votre commentaire est supprimé. Les réponses restent."))
