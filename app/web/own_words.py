"""What one may do of one's own comments: correct them for a while, take them back."""
from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy, service
from app.comments.models import Comment
from app.comments.queries import reading
from app.forms.base import Form
from app.forms.comments import CorrectionForm
from app.web import posting, subjects
from app.web.session import me
from app.web.support import members, refused, render

bp = Blueprint("own_words", __name__, url_prefix="/comments/<id:comment_id>")


@bp.route("/edit", methods=["GET", "POST"])
@members(policy.OWN)
def edit(comment_id: int) -> str | Response:
    is_asked = request.method == "GET"
    comment = reading.one(me(), comment_id, policy.EDIT if is_asked else policy.OWN)
    form = CorrectionForm(obj=comment)
    if is_asked:
        return render("comments/edit.html", form=form, comment=comment)
    is_fit = form.validate() and not posting.is_excessive(form, form.body.data or "")
    if not is_fit or not policy.EDIT.permits(me(), comment):
        return refused("comments/edit.html", form=_late(form, comment), comment=comment)
    service.edit(me(), comment, body=form.body.data)
    flash(_("Votre commentaire est corrigé."), "success")
    return redirect(subjects.place(reading.one(me(), comment_id, policy.READ_OWN)), 303)


def _late(form: CorrectionForm, comment: Comment) -> CorrectionForm:
    """Say why a text without fault can't be taken any more."""
    if not form.errors and me().is_new and comment.is_visible:
        form.say(None, _("Ce commentaire vient d'être publié tel que l'équipe d'animation l'a lu. Copiez votre texte "
                         "pour en faire une réponse."))
    elif not form.errors:
        form.say(None, _("Ce commentaire ne peut plus être corrigé : le délai est passé ou le fil est fermé. "
                         "Copiez votre texte pour en faire une réponse."))
    return form


@bp.route("/deletion", methods=["GET", "POST"])
@members(policy.DELETE)
def delete(comment_id: int) -> str | Response:
    comment = reading.one(me(), comment_id, policy.DELETE)
    subject, form = subjects.of_thread(comment.thread), Form()
    if not form.validate_on_submit():
        return render("comments/deletion.html", form=form, comment=comment, subject=subject)
    service.delete(me(), comment)
    flash(_("Votre commentaire est supprimé. Les réponses restent."), "success")
    return redirect(f"{subject.url}#comments", 303)
