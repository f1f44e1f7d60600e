"""Supporting an idea."""
from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.votes import SupportForm
from app.ideas import policy
from app.ideas.queries import reading
from app.votes import queries, service
from app.web.frame import links
from app.web.frame.session import me
from app.web.frame.support import is_htmx, members, render
from app.web.votes.bp import bp


@bp.post("/ideas/<id:idea_id>/vote")
@members(policy.SUPPORT)
def cast(idea_id: int) -> str | Response:
    service.cast(me(), reading.one(me(), idea_id, policy.SUPPORT), is_named=_is_named())
    return _answer(idea_id, _("Votre appui est compté. Merci!"))


@bp.post("/ideas/<id:idea_id>/vote/withdrawal")
@members(policy.SUPPORT)
def withdraw(idea_id: int) -> str | Response:
    service.withdraw(me(), reading.one(me(), idea_id, policy.SUPPORT))
    return _answer(idea_id, _("Votre appui est retiré."))


@bp.post("/ideas/<id:idea_id>/vote/name")
@members(policy.READ)
def name(idea_id: int) -> str | Response:
    service.name(me(), reading.one(me(), idea_id, policy.READ), is_named=_is_named())
    return _answer(idea_id, _("Votre choix est enregistré."))


def _is_named() -> bool:
    form = SupportForm()
    form.validate()
    return bool(form.is_named.data)


def _answer(idea_id: int, said: str) -> str | Response:
    idea = reading.one(me(), idea_id, policy.READ)
    if is_htmx():
        return render("votes/_support.html", idea=idea, support=queries.support(me(), idea), said=said)
    flash(said, "success")
    return redirect(links.idea(idea, _anchor="support"), 303)
