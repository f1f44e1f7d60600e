"""Appeals: ask once that somebody else review a measure, list the appeals, judge one."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities.policy import has_colleagues
from app.contents.models import Content
from app.forms.reports import AppealForm, JudgementForm
from app.moderation.appeals import policy
from app.moderation.appeals.models import Appeal, ContestedMeasure
from app.moderation.appeals.queries import appeals as queries
from app.moderation.appeals.service import appeals as service
from app.moderation.cases import policy as cases
from app.web.frame import content_links, nouns
from app.web.frame.attempt import attempt
from app.web.frame.params import single_param
from app.web.frame.responses import done, lead_on, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.moderation import contents, saved_replies
from app.web.moderation.bp import bp

STATES = tuple(queries.ORDERS)
APPEAL, MEASURE = Loader(queries.get_appealed_measure, "appeal_id"), Loader(queries.get_measure, "measure_id")
NEW, SHOW = "moderation/appeals/new.html", "moderation/appeals/show.html"


def lead_to_appeal(content: Content) -> Response:
    """Redirect to the appeal of the measure that hides a content."""
    return lead_on(url_for(".appeal_measure", measure_id=queries.get_hiding_id(content)), 302)


for noun, address in contents.ADDRESSES.items():
    bp.add_url_rule(
        f"{address}/appeal",
        f"appeal_{noun}",
        members(policy.CONTEST, of=contents.LOADERS[noun], back_to_desk=False)(lead_to_appeal),
    )


@bp.route("/measures/<id:measure_id>/appeal", methods=["GET", "POST"])
@members(policy.MEASURE_FOLLOW, of=MEASURE, limit="appeal", back_to_desk=False, shows="measure")
def appeal_measure(contested_measure: ContestedMeasure) -> str | Response:
    form, values = AppealForm(), _values(contested_measure)
    if request.method != "POST":
        return render(NEW, form=form, **values)
    if not policy.MEASURE_APPEAL.permits(me(), contested_measure):
        form.say(None, _("Cette demande ne peut plus être faite. Ce que vous avez écrit est gardé ci-dessous."))
        return refuse(NEW, code=409, form=form, **values)
    outcome = attempt(form, lambda: service.appeal(me(), contested_measure.measure, words=form.words.data))
    if outcome.code:
        return refuse(NEW, code=outcome.code, form=form, **_values(MEASURE.again(policy.MEASURE_FOLLOW)))
    return done(
        url_for(".appeal_measure", measure_id=contested_measure.measure.id),
        _("Votre demande est reçue. Une autre personne que celle qui a pris la mesure vous répondra."),
    )


@bp.get("/moderation/appeals")
@members(cases.CASE_LIST)
def list_appeals() -> str:
    state = single_param("state", STATES, "open")
    listing = queries.list_appeals(me(), state, after=single_param("after"))
    lines = [_values(contested_measure) for contested_measure in listing.items]
    return render("moderation/appeals/index.html", listing=listing, state=state, lines=lines)


@bp.get("/moderation/appeals/<id:appeal_id>")
@members(policy.APPEAL_READ, of=APPEAL, shows="appeal")
def show_appeal(contested_measure: ContestedMeasure) -> str:
    lacks_judge = not has_colleagues(me(), contested_measure, contested_measure.concerned_id)
    return render(SHOW, form=JudgementForm(formdata=None), lacks_judge=lacks_judge, **_values(contested_measure))


@bp.post("/moderation/appeals/<id:appeal_id>/decision")
@members(policy.APPEAL_READ, of=APPEAL, limit="team")
def judge_appeal(contested_measure: ContestedMeasure) -> str | Response:
    form = JudgementForm()
    if saved_replies.insert(form.reason, contested_measure.community_id):
        return render(SHOW, form=form, **_values(contested_measure))
    outcome = attempt(form, lambda: _judge(contested_measure, form))
    if outcome.code:
        return refuse(SHOW, code=outcome.code, form=form, **_values(APPEAL.again(policy.APPEAL_READ)))
    return done(
        url_for(".show_appeal", appeal_id=outcome.result.id),
        _("Votre jugement est rendu. La personne concernée lira votre motif."),
    )


def _judge(contested_measure: ContestedMeasure, form: JudgementForm) -> Appeal:
    assert contested_measure.appeal is not None, "what is read here is an appeal"
    act = service.grant if form.act.data == "grant" else service.refuse
    act(me(), contested_measure.content, contested_measure.appeal, reason=form.reason.data)
    return contested_measure.appeal


def _values(contested_measure: ContestedMeasure) -> dict[str, Any]:
    content = contested_measure.content
    return {
        "contested_measure": contested_measure,
        "content": content,
        "link": content_links.describe(content) if content else None,
        "mine": nouns.name_own(content),
    }
