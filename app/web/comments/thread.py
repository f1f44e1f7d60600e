"""The thread of an idea, an update, an action or a meeting: post a comment, answer one, find one, mark one."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments import marks, policy, service
from app.comments.models import Comment, Thread
from app.comments.queries import pages, reading
from app.comments.queries.tree import ThreadPage
from app.core.actor import Actor
from app.core.errors import N_, Invalid
from app.core.permits import Permission
from app.core.text import markdown
from app.events.models.meetings import Event
from app.forms.comments import CommentForm
from app.ideas.models import Idea
from app.plan.models.structure import Action
from app.updates.models import Update
from app.web.comments import rows, subjects, talks
from app.web.comments.bp import bp
from app.web.comments.subjects import Subject
from app.web.frame import desk_return, loaders, locale, posting
from app.web.frame.filters import person
from app.web.frame.form_limits import counted_by_service
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, done_in_part, is_htmx, lead_on, refuse, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me

# The thread may close, and its writer be paused, while they type: their words are given back.
LATE = policy.may_take_part_there, policy.is_talking
GONE = N_("Le commentaire auquel vous répondez n'est plus là. Votre texte est gardé ci-dessous.")
MOVED = N_(
    "Le commentaire auquel vous répondez a été déplacé. Votre texte est gardé ci-dessous : il paraîtra à la "
    "nouvelle place."
)


def get_branch(actor: Actor, comment_id: int, _permission: Permission) -> ThreadPage:
    """Return the part of a branch that the address asks for; the query checks the permission of each comment."""
    return pages.get_branch_page(actor, comment_id, after=id_param("after"), at=id_param("at"))


@bp.post("/ideas/<id:idea_id>/comments")
@members(policy.POST, of=loaders.IDEA_BY_THREAD, late=LATE, limit=counted_by_service("comment"))
def on_idea(idea: Idea) -> Response:
    return _post(subjects.of_idea(idea))


@bp.post("/communities/<slug>/updates/<id:update_id>/comments")
@members(policy.POST, of=loaders.UPDATE_BY_THREAD, late=LATE, limit=counted_by_service("comment"))
def on_update(update: Update) -> Response:
    return _post(subjects.of_update(update))


@bp.post("/plan/actions/<id:action_id>/comments")
@members(policy.POST, of=loaders.ACTION_BY_THREAD, late=LATE, limit=counted_by_service("comment"))
def on_action(action: Action) -> Response:
    return _post(subjects.of_action(action))


@bp.post("/events/<id:event_id>/comments")
@members(policy.POST, of=loaders.EVENT_BY_THREAD, late=LATE, limit=counted_by_service("comment"))
def on_event(event: Event) -> Response:
    return _post(subjects.of_event(event))


def _post(subject: Subject) -> Response:
    """Post what was typed, or show it again with what is wrong."""
    form, thread = CommentForm(), subject.thread
    outcome = posting.attempt_post(
        form,
        lambda: service.post(
            me(),
            thread,
            body=form.body.data or "",
            intent=form.intent.data or None,
            parent=_find_parent(form, thread),
            form_key=form.form_key.data,
            lang=locale.get_language(),
            signs=form.signs(),
        ),
        {"body": form.body.data or ""},
        places=[thread.community_id],
        check=lambda: form.validate() and _is_open(form, thread),
    )
    if outcome.code:
        return _refuse(form, subject, outcome.code)
    receipt = outcome.result
    if receipt.is_new:
        suspect, place = receipt.suspect, subjects.place_in(subject, receipt.id, receipt.root_id)
    else:
        comment = reading.get_comment(me(), receipt.id, policy.READ_ANY)
        suspect, place = comment.suspect, subjects.place(comment, subject)
    return done(place, *posting.post_message("comment", suspect, _("Votre commentaire est publié. Merci!")))


def _is_open(form: CommentForm, thread: Thread) -> bool:
    """Tell whether the thread takes comments; say so on the form where it was closed meanwhile."""
    is_talking = policy.is_talking(me(), thread)
    if not is_talking:
        form.say(None, _("Ce fil n'accepte plus de commentaires. Votre texte est gardé ci-dessous."))
    return is_talking


def _find_parent(form: CommentForm, thread: Thread) -> Comment | None:
    """Return the parent of a comment, None without one. Raise Invalid where it went away or moved meanwhile."""
    if form.parent_id.data is None:
        return None
    parent = reading.find_comment(me(), form.parent_id.data, policy.READ)
    if parent is None or not parent.is_visible:
        raise Invalid(GONE)
    if parent.thread_id != thread.id:
        raise Invalid(MOVED)
    return parent


def _refuse(form: CommentForm, subject: Subject, code: int) -> Response:
    """Show what was typed under its parent, in the thread where the parent stands now."""
    parent_id = 0 if form.parent_id.errors else form.parent_id.data or 0
    parent = reading.find_comment(me(), parent_id, policy.READ)
    if parent and parent.thread_id != subject.thread.id:
        subject = subjects.of_thread(parent.thread)
    return refuse("comments/write.html", code=code, form=form, subject=subject, parent=parent)


@bp.get("/comments/<id:comment_id>")
@public(policy.READ_ANY, of=loaders.COMMENT)
def show(comment: Comment) -> Response:
    return lead_on(desk_return.add_token(subjects.place(comment)), 302)


@bp.get("/comments/<id:comment_id>/branch")
@public(policy.READ_ANY, of=Loader(get_branch, "comment_id"))
def branch(talk: ThreadPage) -> str:
    subject = subjects.of_thread(talk.thread)
    return render(
        "comments/branch.html",
        talk=talk,
        root_id=talk.branches[0].root_id,
        subject=subject,
        entries=talks.show_entries(talk),
    )


@bp.get("/comments/<id:comment_id>/reply")
@members(policy.REPLY, of=loaders.COMMENT)
def reply(parent: Comment) -> str:
    form = CommentForm(formdata=None).set_parent(parent.id)
    if single_param("quote", ("1",)):
        form.body.data = markdown.quote(parent.body, person(parent))
    return render(
        "comments/write.html",
        "comments/_form.html",
        form=form,
        parent=parent,
        subject=subjects.of_thread(parent.thread),
    )


@bp.post("/comments/<id:comment_id>/useful")
@members(policy.MARK_USEFUL, of=loaders.COMMENT, limit="mark")
def mark_useful(comment: Comment) -> str | Response:
    marks.mark_useful(me(), comment)
    return _show_mark(comment.id, _("Votre marque « utile » est comptée."), is_marked=True)


@bp.post("/comments/<id:comment_id>/useful/withdrawal")
@members(policy.MARK_USEFUL, of=loaders.COMMENT, limit="mark")
def unmark_useful(comment: Comment) -> str | Response:
    marks.unmark_useful(me(), comment)
    return _show_mark(comment.id, _("Votre marque « utile » est retirée."), is_marked=False)


def _show_mark(comment_id: int, message: str, *, is_marked: bool) -> str | Response:
    """Show the mark as it is now: the part of the page if htmx asked, else the comment."""
    if is_htmx():
        comment = reading.get_comment(me(), comment_id, policy.READ)
        return done_in_part(rows.draw_mark(comment, is_marked=is_marked), message)
    return _go_back(comment_id, message)


@bp.post("/comments/<id:comment_id>/used")
@members(policy.MARK_USED, of=loaders.COMMENT, limit="mark")
def mark_used(comment: Comment) -> Response:
    marks.mark_used(me(), comment)
    return _go_back(comment.id, _("Le commentaire est marqué comme repris dans votre texte."))


@bp.post("/comments/<id:comment_id>/used/withdrawal")
@members(policy.MARK_USED, of=loaders.COMMENT, limit="mark")
def unmark_used(comment: Comment) -> Response:
    marks.unmark_used(me(), comment)
    return _go_back(comment.id, _("La marque est retirée."))


def _go_back(comment_id: int, message: str) -> Response:
    return done(subjects.place(reading.get_comment(me(), comment_id, policy.READ)), message)
