"""Talk under an idea or an update: posting and answering, where a comment stands, and its marks."""
from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import policy, service
from app.comments.models import Comment, Thread
from app.comments.queries import pages, reading
from app.core.text import markdown
from app.forms.comments import CommentForm
from app.ideas import policy as ideas
from app.ideas.queries import reading as idea_reading
from app.updates import policy as updates
from app.web.comments import subjects
from app.web.comments.bp import bp
from app.web.comments.subjects import Subject
from app.web.frame import locale, posting
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.params import number, single
from app.web.frame.session import me
from app.web.frame.support import is_htmx, members, public, refused, render

READ_ANY = policy.READ | policy.READ_OWN


@bp.post("/ideas/<id:idea_id>/comments")
@members(policy.POST)
def on_idea(idea_id: int) -> Response:
    return _take(subjects.of_idea(idea_reading.one(me(), idea_id, ideas.READ)))


@bp.post("/communities/<slug>/updates/<id:update_id>/comments")
@members(policy.POST)
def on_update(slug: str, update_id: int) -> Response:
    return _take(subjects.of_update(subjects.update_at(slug, update_id, updates.READ)))


def _take(subject: Subject) -> Response:
    """Post what was typed, or show it again with what is wrong: it is never lost."""
    form = CommentForm()
    code = 422
    if form.validate() and _is_open(form, subject.thread):
        code = posting.refusal(form, form.body.data or "", places=[subject.thread.community_id]) or 422
    parent = _parent(form, subject.thread)
    if form.errors:
        return _refused(form, subject, parent, code)
    outcome = attempt(form, lambda: service.post(
        me(), subject.thread, body=form.body.data or "", intent=form.intent.data or None, parent=parent,
        form_key=form.form_key.data, lang=locale.language(), signs=form.signs()), check=lambda: True)
    comment = outcome.made
    if comment is None:
        return _refused(form, subject, parent, outcome.code)
    flash(*posting.said(comment.suspect, _("Votre commentaire est publié. Merci!")))
    return redirect(subjects.place(reading.one(me(), comment.id, READ_ANY)), 303)


def _refused(form: CommentForm, subject: Subject, parent: Comment | None, code: int) -> Response:
    """Give the form back; what moved meanwhile is answered where it stands now."""
    if parent and parent.thread_id != subject.thread.id:
        subject = subjects.of_thread(parent.thread)
    return refused("comments/write.html", code=code, form=form, subject=subject, parent=parent)


def _parent(form: CommentForm, thread: Thread) -> Comment | None:
    """Find the comment that is answered; one that went away or moved meanwhile is an error of the form."""
    if form.parent_id.errors or form.parent_id.data is None:
        return None
    parent = reading.find(me(), form.parent_id.data, policy.READ)
    if parent is None or not parent.is_visible:
        form.say(None, _("Le commentaire auquel vous répondez n'est plus là. Votre texte est gardé ci-dessous."))
    elif parent.thread_id != thread.id:
        form.say(None, _("Le commentaire auquel vous répondez a été déplacé. Votre texte est gardé ci-dessous : il "
                         "paraîtra à la nouvelle place."))
    return parent


def _is_open(form: CommentForm, thread: Thread) -> bool:
    """Say so when the thread was closed while the person was typing."""
    is_talking = policy.is_talking(me(), thread)
    if not is_talking:
        form.say(None, _("Ce fil n'accepte plus de commentaires. Votre texte est gardé ci-dessous."))
    return is_talking


@bp.get("/comments/<id:comment_id>")
@public(READ_ANY)
def show(comment_id: int) -> Response:
    return redirect(subjects.place(reading.one(me(), comment_id, READ_ANY)), 302)


@bp.get("/comments/<id:comment_id>/branch")
@public(READ_ANY)
def branch(comment_id: int) -> str:
    talk = pages.branch(me(), comment_id, after=number("after"), at=number("at"))
    return render("comments/branch.html", talk=talk, root_id=comment_id, subject=subjects.of_thread(talk.thread))


@bp.get("/comments/<id:comment_id>/reply")
@members(policy.REPLY)
def reply(comment_id: int) -> str:
    parent = reading.one(me(), comment_id, policy.REPLY)
    form = CommentForm(formdata=None).set_apart(parent.id)
    if single("quote", ("1",)):
        form.body.data = markdown.quote(parent.body, person(parent))
    return render("comments/write.html", "comments/_form.html", form=form, parent=parent,
                  subject=subjects.of_thread(parent.thread))


@bp.post("/comments/<id:comment_id>/useful")
@members(policy.MARK_USEFUL)
def mark_useful(comment_id: int) -> str | Response:
    service.mark_useful(me(), reading.one(me(), comment_id, policy.MARK_USEFUL))
    return _marked(comment_id, is_marked=True)


@bp.post("/comments/<id:comment_id>/useful/withdrawal")
@members(policy.MARK_USEFUL)
def unmark_useful(comment_id: int) -> str | Response:
    service.unmark_useful(me(), reading.one(me(), comment_id, policy.MARK_USEFUL))
    return _marked(comment_id, is_marked=False)


def _marked(comment_id: int, *, is_marked: bool) -> str | Response:
    comment = reading.one(me(), comment_id, policy.READ)
    if is_htmx():
        return render("comments/_useful.html", comment=comment, is_marked=is_marked)
    said = _("Votre marque « utile » est comptée.") if is_marked else _("Votre marque « utile » est retirée.")
    flash(said, "success")
    return redirect(subjects.place(comment), 303)


@bp.post("/comments/<id:comment_id>/used")
@members(policy.MARK_USED)
def mark_used(comment_id: int) -> Response:
    service.mark_used(me(), reading.one(me(), comment_id, policy.MARK_USED))
    flash(_("Le commentaire est marqué comme repris dans votre texte."), "success")
    return redirect(subjects.place(reading.one(me(), comment_id, policy.READ)), 303)


@bp.post("/comments/<id:comment_id>/used/withdrawal")
@members(policy.MARK_USED)
def unmark_used(comment_id: int) -> Response:
    service.unmark_used(me(), reading.one(me(), comment_id, policy.MARK_USED))
    flash(_("La marque est retirée."), "success")
    return redirect(subjects.place(reading.one(me(), comment_id, policy.READ)), 303)
