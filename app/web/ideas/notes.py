"""Notes of a team on an idea: list, add and delete them."""

from collections.abc import Sequence

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.permits import Permission
from app.desk import policy, service
from app.desk.models import Note
from app.desk.queries import notes as queries
from app.forms.base import Form
from app.forms.desk import NoteForm
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.ideas.bp import bp


def get_note(actor: Actor, idea_id: int, note_id: int, permission: Permission) -> tuple[Idea, Note]:
    """Return an idea whose notes this person may read, and one of the notes. Raise NotFound."""
    idea = reading.get_idea(actor, idea_id, policy.NOTE_READ)
    return idea, queries.get_note(actor, idea, note_id, permission)


@bp.app_template_global()
def notes_on(idea: Idea) -> tuple[Sequence[Note], NoteForm]:
    """Return the notes of a team on an idea, and a form to add one."""
    return queries.list_notes(me(), idea), NoteForm(formdata=None)


@bp.get("/ideas/<id:idea_id>/notes")
@members(policy.NOTE_READ, of=loaders.IDEA)
def list_notes(idea: Idea) -> str:
    return render(
        "ideas/notes/index.html", idea=idea, notes=queries.list_notes(me(), idea), form=NoteForm(formdata=None)
    )


@bp.post("/ideas/<id:idea_id>/notes")
@members(policy.NOTE_WRITE, of=loaders.IDEA, limit="team")
def add_note(idea: Idea) -> Response:
    form = NoteForm()
    outcome = attempt(form, lambda: service.add_note(me(), idea, body=form.note.data, form_key=form.form_key.data))
    if outcome.code:
        notes = queries.list_notes(me(), idea)
        return refuse("ideas/notes/index.html", code=outcome.code, idea=idea, notes=notes, form=form)
    return done(links.idea_url(idea, _anchor="notes"), _("La note est gardée : seule l'équipe la lit."))


@bp.route("/ideas/<id:idea_id>/notes/<id:note_id>/deletion", methods=["GET", "POST"])
@members(policy.NOTE_DELETE, of=Loader(get_note, "idea_id", "note_id"), limit="team")
def delete_note(found: tuple[Idea, Note]) -> str | Response:
    (idea, note), form = found, Form()
    if not form.validate_on_submit():
        return render("ideas/notes/deletion.html", idea=idea, note=note, form=form)
    service.delete_note(me(), idea, note)
    return done(links.idea_url(idea, _anchor="notes"), _("La note est supprimée."))
