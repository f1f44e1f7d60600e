"""Asking once that somebody else look at a measure again, and judging what was asked."""
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.appeals import policy
from app.appeals.models import ContestedMeasure
from app.appeals.queries import appeals as queries
from app.appeals.service import appeals as service
from app.cases import policy as cases
from app.comments.queries import reading as comments
from app.communities.policy import has_colleagues
from app.contents.models import Content
from app.core.permits import require
from app.forms.reports import AppealForm, JudgementForm
from app.ideas.queries import reading as ideas
from app.web.comments import subjects
from app.web.frame import content_links
from app.web.frame.attempt import kept, taken
from app.web.frame.params import single
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.moderation import saved_replies
from app.web.moderation.bp import bp

STATES = tuple(queries.ORDERS)


@bp.get("/ideas/<id:idea_id>/appeal")
@members(policy.CONTEST)
def appeal_idea(idea_id: int) -> Response:
    return against(ideas.one(me(), idea_id, policy.CONTEST))


@bp.get("/comments/<id:comment_id>/appeal")
@members(policy.CONTEST)
def appeal_comment(comment_id: int) -> Response:
    return against(comments.one(me(), comment_id, policy.CONTEST))


@bp.get("/communities/<slug>/updates/<id:update_id>/appeal")
@members(policy.CONTEST)
def appeal_update(slug: str, update_id: int) -> Response:
    return against(subjects.update_at(slug, update_id, policy.CONTEST))


def against(content: Content) -> Response:
    """Lead to the measure that hides a content."""
    return redirect(url_for("moderation.appeal_measure", measure_id=queries.hiding_of(content)), 302)


@bp.route("/measures/<id:measure_id>/appeal", methods=["GET", "POST"])
@members(policy.MEASURE_FOLLOW)
def appeal_measure(measure_id: int) -> str | Response:
    contested = queries.of_measure(me(), measure_id, policy.MEASURE_FOLLOW)
    form = AppealForm()
    if request.method == "GET":
        return render("moderation/appeals/new.html", form=form, **_shown(contested))
    if not policy.MEASURE_APPEAL.permits(me(), contested):
        form.say(None, _("Cette demande ne peut plus être faite. Ce que vous avez écrit est gardé ci-dessous."))
        return refused("moderation/appeals/new.html", code=409, form=form, **_shown(contested))
    if not taken(form, lambda: service.appeal(me(), contested.measure, words=form.words.data)):
        return refused("moderation/appeals/new.html", form=form, **_shown(contested))
    flash(_("Votre demande est reçue. Une autre personne que celle qui a pris la mesure vous répondra."), "success")
    return go(".appeal_measure", measure_id=measure_id)


@bp.get("/moderation/appeals")
@members(cases.CASE_LIST)
def list_appeals() -> str:
    require(me(), cases.CASE_LIST)
    state = single("state", STATES, "open")
    listing = queries.listing(me(), state, after=single("after"))
    shown = [_shown(one) for one in listing.items]
    return render("moderation/appeals/index.html", listing=listing, state=state, shown=shown)


@bp.get("/moderation/appeals/<id:appeal_id>")
@members(policy.APPEAL_READ)
def show_appeal(appeal_id: int) -> str:
    contested = queries.one(me(), appeal_id, policy.APPEAL_READ)
    lacks_judge = not has_colleagues(me(), contested, contested.concerned_id)
    form = JudgementForm(formdata=None)
    return render("moderation/appeals/show.html", form=form, lacks_judge=lacks_judge, **_shown(contested))


@bp.post("/moderation/appeals/<id:appeal_id>/decision")
@members(policy.APPEAL_READ)
def judge_appeal(appeal_id: int) -> str | Response:
    contested = queries.one(me(), appeal_id, policy.APPEAL_READ)
    form = JudgementForm()
    if saved_replies.begun(form.reason, contested.community_id):
        return render("moderation/appeals/show.html", form=form, **_shown(contested))
    code = kept(form, lambda: _judged(contested, form))
    if code:
        contested = queries.one(me(), appeal_id, policy.APPEAL_READ)
        return refused("moderation/appeals/show.html", code=code, form=form, **_shown(contested))
    flash(_("Votre jugement est rendu. La personne concernée lira votre motif."), "success")
    return go(".show_appeal", appeal_id=appeal_id)


def _judged(contested: ContestedMeasure, form: JudgementForm) -> None:
    assert contested.appeal is not None, "what is read here is an appeal"
    act = service.grant if form.act.data == "grant" else service.refuse
    act(me(), contested.content, contested.appeal, reason=form.reason.data)


def _shown(contested: ContestedMeasure) -> dict[str, Any]:
    content = contested.content
    return {"contested": contested, "content": content, "named": content_links.named(content) if content else None}
