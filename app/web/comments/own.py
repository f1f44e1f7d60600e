"""What one may do of one's own comments: correct them for a while, take them back."""
from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import changes
from app.comments import policy, service
from app.comments.models import Comment
from app.comments.queries import reading
from app.forms.base import Form
from app.forms.comments import CorrectionForm
from app.web.comments import subjects
from app.web.comments.bp import bp
from app.web.frame import posting
from app.web.frame.attempt import attempt
from app.web.frame.session import me
from app.web.frame.support import members, refused, render


@bp.route("/comments/<id:comment_id>/edit", methods=["GET", "POST"])
@members(policy.OWN)
def edit(comment_id: int) -> str | Response:
    is_asked = request.method == "GET"
    comment = reading.one(me(), comment_id, policy.EDIT if is_asked else policy.OWN)
    held = changes.current(me(), comment_id=comment.id)
    form = CorrectionForm(data={"body": held.words["body"] if held else comment.body})
    if is_asked:
        form.show(held)
        return render("comments/edit.html", form=form, comment=comment, held=held)
    is_fit = form.validate() and not posting.is_excessive(form, form.body.data or "") and not _is_late(form, comment)
    body = form.body.data or ""
    code = 0 if is_fit else 422
    code = code or attempt(form, lambda: service.edit(
        me(), comment, body=body, signs=form.signs(), waiting=form.waiting.data)).code
    if code == 409:
        held = changes.current(me(), comment_id=comment_id)
        form.show(held)
    if code:
        return refused("comments/edit.html", code=code, form=form, comment=comment, held=held)
    flash(*posting.said_of_change(_("Votre commentaire est corrigé."), comment_id=comment.id))
    return redirect(subjects.place(reading.one(me(), comment_id, policy.READ_OWN)), 303)


def _is_late(form: CorrectionForm, comment: Comment) -> bool:
    """Tell (and say) that a text without fault can't be taken any more."""
    is_late = not policy.EDIT.permits(me(), comment)
    if is_late:
        form.say(None, _("Ce commentaire ne peut plus être corrigé : le délai est passé ou le fil est fermé. "
                         "Copiez votre texte pour en faire une réponse."))
    return is_late


@bp.route("/comments/<id:comment_id>/deletion", methods=["GET", "POST"])
@members(policy.DELETE)
def delete(comment_id: int) -> str | Response:
    comment = reading.one(me(), comment_id, policy.DELETE)
    subject, form = subjects.of_thread(comment.thread), Form()
    if not form.validate_on_submit():
        return render("comments/deletion.html", form=form, comment=comment, subject=subject)
    service.delete(me(), comment)
    flash(_("Votre commentaire est supprimé. Les réponses restent."), "success")
    return redirect(f"{subject.url}#comments", 303)
