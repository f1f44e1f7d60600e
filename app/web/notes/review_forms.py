"""The forms of what a line becomes: filled from a line, or (None) as they were sent."""

from collections.abc import Callable
from typing import Any

from app.core.text.plain import excerpt
from app.forms.ideas import TITLE, list_current
from app.forms.review import KIND_OF, JoinIdeaForm, LineActionForm, NewIdeaForm
from app.notes.models import JOINED, LINKED, NEW, OFFERED, PublishedLine
from app.plan.queries import links as plan
from app.reference.queries import get_catalogue
from app.web.frame import words
from app.web.frame.filters import label
from app.web.frame.session import me, rooms


def fill(form: Any, line: PublishedLine | None) -> Any:
    if line:
        form.was.data = line.fate or ""
    return form


def idea_form(line: PublishedLine | None) -> NewIdeaForm:
    form = NewIdeaForm(formdata=None) if line else NewIdeaForm()
    places = list_current(get_catalogue().places, (), label)
    form.offer(words.KINDS.items(), list_current(rooms().all, (), label), places)
    if line:
        form.title.data, form.kind.data = excerpt(line.text, TITLE[1]), KIND_OF.get(line.kind, "idea")
    found: NewIdeaForm = fill(form, line)
    return found


def join_form(line: PublishedLine | None) -> JoinIdeaForm:
    found: JoinIdeaForm = fill(JoinIdeaForm(formdata=None) if line else JoinIdeaForm(), line)
    return found


def action_form(line: PublishedLine | None) -> LineActionForm:
    form = LineActionForm(formdata=None) if line else LineActionForm()
    found: LineActionForm = fill(form.offer(plan.list_linkable_actions(me())), line)
    return found


FORMS: dict[str, Callable[[PublishedLine | None], Any]] = {
    NEW: idea_form,
    JOINED: join_form,
    LINKED: action_form,
    OFFERED: join_form,
}
