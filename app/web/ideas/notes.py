"""Notes of a team on an idea: added, taken back."""
from collections.abc import Sequence

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.desk import policy
from app.desk.models import Note
from app.desk.queries import notes as queries
from app.desk.service import notes as service
from app.forms.base import Form
from app.forms.desk import NoteForm
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.web.frame import links
from app.web.frame.attempt import taken
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.ideas.bp import bp


@bp.app_template_global()
def notes_on(idea: Idea) -> tuple[Sequence[Note], NoteForm]:
    """Give the notes of a team on an idea, and a form to add one."""
    return queries.of_idea(me(), idea), NoteForm(formdata=None)


@bp.get("/ideas/<id:idea_id>/notes")
@members(policy.NOTE_READ)
def list_notes(idea_id: int) -> str:
    idea = reading.one(me(), idea_id, policy.NOTE_READ)
    return render("ideas/notes/index.html", idea=idea, notes=queries.of_idea(me(), idea), form=NoteForm(formdata=None))


@bp.post("/ideas/<id:idea_id>/notes")
@members(policy.NOTE_WRITE)
def add_note(idea_id: int) -> Response:
    idea, form = reading.one(me(), idea_id, policy.NOTE_WRITE), NoteForm()
    if not taken(form, lambda: service.add(me(), idea, body=form.note.data, form_key=form.form_key.data)):
        return refused("ideas/notes/index.html", idea=idea, notes=queries.of_idea(me(), idea), form=form)
    flash(_("La note est gardée : seule l'équipe la lit."), "success")
    return redirect(links.idea(idea, _anchor="notes"), 303)


@bp.route("/ideas/<id:idea_id>/notes/<id:note_id>/deletion", methods=["GET", "POST"])
@members(policy.NOTE_READ)
def delete_note(idea_id: int, note_id: int) -> str | Response:
    idea, form = reading.one(me(), idea_id, policy.NOTE_READ), Form()
    note = queries.one(me(), idea, note_id)
    if not form.validate_on_submit():
        return render("ideas/notes/deletion.html", idea=idea, note=note, form=form)
    service.delete(me(), idea, note)
    flash(_("La note est supprimée."), "success")
    return redirect(links.idea(idea, _anchor="notes"), 303)
