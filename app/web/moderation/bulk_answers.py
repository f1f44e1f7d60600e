"""The same answer to many ideas of a community: choose, check, then publish, or ask a colleague to read."""
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import queries as rooms
from app.core.paging import Page
from app.forms.answers import MANY, ManyForm
from app.ideas import answers, policy
from app.ideas.models import NEXT, Idea
from app.ideas.queries import answers as written
from app.web.frame import words
from app.web.frame.attempt import taken
from app.web.frame.params import single
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.moderation.bp import bp

STATUSES = tuple(status for status, following in NEXT.items() if following)


@bp.get("/moderation/<slug>/bulk")
@members(policy.ANSWER_MANY)
def choose_bulk_answer(slug: str) -> str:
    room = rooms.one(me(), slug, policy.ANSWER_MANY)
    return render("moderation/many.html", **_choice(room, _form(filled=False)))


@bp.post("/moderation/<slug>/bulk")
@members(policy.ANSWER_MANY)
def check_bulk_answer(slug: str) -> str | Response:
    """Show what would change, before anything does."""
    room, form = rooms.one(me(), slug, policy.ANSWER_MANY), _form()
    if request.form.get("act") == "edit":
        return render("moderation/many.html", **_choice(room, form))
    if not form.validate():
        return refused("moderation/many.html", **_choice(room, form))
    outcome = answers.foresee(me(), written.chosen(me(), room, form.ids()), form.status.data)
    return render("moderation/many_check.html", room=room, form=form, outcome=outcome, status=form.status.data)


@bp.post("/moderation/<slug>/bulk/publication")
@members(policy.ANSWER_MANY)
def publish_bulk_answer(slug: str) -> str | Response:
    room, form = rooms.one(me(), slug, policy.ANSWER_MANY), _form()
    done: list[answers.Outcome] = []
    if not taken(form, lambda: done.append(answers.answer_many(
            me(), room, form.ids(), status=form.status.data, reason=form.reason.data))):
        return refused("moderation/many.html", **_choice(room, form))
    return render("moderation/many_done.html", room=room, outcome=done[0], status=form.status.data)


def _form(*, filled: bool = True) -> ManyForm:
    form = ManyForm() if filled else ManyForm(formdata=None)
    return form.offer(words.STEPS)


def _choice(room: rooms.Room, form: ManyForm) -> dict[str, Any]:
    """Give the ideas that may be chosen, those that were chosen on another page too."""
    status = single("status", STATUSES)
    listing: Page[Idea] = written.answerable(me(), room, status, after=single("after"))
    shown = {idea.id for idea in listing.items}
    kept = [row_id for row_id in form.ids() if row_id not in shown][:MANY]
    elsewhere = written.chosen(me(), room, kept) if kept else []
    return {
        "room": room, "form": form, "listing": listing, "status": status, "choices": [*elsewhere, *listing.items],
        "statuses": [(name, url_for(".choose_bulk_answer", slug=room.slug, status=code or None), code == status)
                     for code, name in _steps()]}


def _steps() -> list[tuple[str, str]]:
    return [("", _("Toutes les étapes")), *((code, words.STATUSES[code]) for code in STATUSES)]
