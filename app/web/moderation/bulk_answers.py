"""The same answer to many ideas of a community: choose, check, then publish, or ask a colleague to read."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities.queries import Room
from app.core.paging import Page
from app.forms.answers import MANY, ManyForm
from app.ideas import answers, policy
from app.ideas.models import Idea
from app.ideas.queries import answers as answer_queries
from app.ideas.transitions import NEXT
from app.web.frame import loaders, words
from app.web.frame.attempt import attempt
from app.web.frame.form_limits import unlimited
from app.web.frame.params import single_param
from app.web.frame.responses import refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

PAGE = "moderation/many.html"
STATUSES = tuple(status for status, following in NEXT.items() if following)


@bp.get("/moderation/<slug>/bulk")
@members(policy.ANSWER_MANY, of=loaders.COMMUNITY, back_to_desk=False, shows="unanswered")
def choose_bulk_answer(room: Room) -> str:
    return render(PAGE, **_values(room, ManyForm(formdata=None).offer(words.ANSWERS)))


@bp.post("/moderation/<slug>/bulk")
@members(
    policy.ANSWER_MANY,
    of=loaders.COMMUNITY,
    limit=unlimited("it shows what would be published, and keeps nothing"),
    back_to_desk=False,
)
def check_bulk_answer(room: Room) -> str | Response:
    """Show what would change, before anything does."""
    form = ManyForm().offer(words.ANSWERS)
    if request.form.get("act") == "edit" or saved_replies.insert(form.reason, room.id):
        return render(PAGE, **_values(room, form))
    if not form.validate():
        return refuse(PAGE, **_values(room, form))
    outcome = answers.preview_answers(me(), answer_queries.list_chosen(me(), room, form.ids()), form.status.data)
    return render("moderation/many_check.html", room=room, form=form, outcome=outcome, status=form.status.data)


@bp.post("/moderation/<slug>/bulk/publication")
@members(policy.ANSWER_MANY, of=loaders.COMMUNITY, limit="team", back_to_desk=False)
def publish_bulk_answer(room: Room) -> str | Response:
    form = ManyForm().offer(words.ANSWERS)
    outcome = attempt(
        form, lambda: answers.answer_many(me(), room, form.ids(), status=form.status.data, reason=form.reason.data)
    )
    if outcome.code:
        return refuse(PAGE, code=outcome.code, **_values(room, form))
    return render("moderation/many_done.html", room=room, outcome=outcome.result, status=form.status.data)


def _values(room: Room, form: ManyForm) -> dict[str, Any]:
    """Return the ideas that may be chosen, and those that were chosen on another page."""
    status = single_param("status", STATUSES)
    listing: Page[Idea] = answer_queries.list_answerable(me(), room, status, after=single_param("after"))
    here = {idea.id for idea in listing.items}
    elsewhere = [row_id for row_id in form.ids() if row_id not in here][:MANY]
    others = answer_queries.list_chosen(me(), room, elsewhere) if elsewhere else []
    return {
        "room": room,
        "form": form,
        "listing": listing,
        "status": status,
        "choices": [*others, *listing.items],
        "statuses": [
            (name, url_for(".check_bulk_answer", slug=room.slug, status=code or None), code == status)
            for code, name in _steps()
        ],
    }


def _steps() -> list[tuple[str, str]]:
    return [("", _("Toutes les étapes")), *((code, words.STATUSES[code]) for code in STATUSES)]
