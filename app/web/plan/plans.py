"""The plans: their list, a new one, the one that is current, those that are archived or deleted."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.permits import Permission
from app.forms.base import Form
from app.forms.plan import PlanForm, VersionForm
from app.plan import policy
from app.plan.models.structure import Plan
from app.plan.outline import Outline
from app.plan.queries import links
from app.plan.queries import plans as queries
from app.plan.service import publishing
from app.web.frame import confirmation_texts, confirming, loaders
from app.web.frame.attempt import LATE, attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me
from app.web.plan.bp import bp

BOTH = ["GET", "POST"]


@bp.get("/plan/all")
@public(policy.READ, lists=queries.readable_by)
def plans() -> str:
    return render("plan/plans.html", plans=queries.list_plans(me()))


@bp.route("/plan/new", methods=BOTH)
@members(policy.WRITE, limit="team")
def new_plan() -> str | Response:
    form = PlanForm()
    if request.method != "POST":
        return render("plan/new.html", form=form)
    outcome = attempt(form, lambda: _begin(form))
    if outcome.code:
        return refuse("plan/new.html", code=outcome.code, form=form)
    return done(
        url_for(".draft", plan_id=outcome.result.id),
        _("Le plan est commencé : écrivez ses orientations, puis publiez-le."),
    )


def _begin(form: PlanForm) -> Plan:
    return publishing.begin(
        me(),
        title=form.title.data,
        summary=form.summary.data or "",
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        form_key=form.form_key.data,
    )


@bp.route("/plan/<id:plan_id>/current", methods=BOTH)
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def make_current(plan: Plan) -> Any:
    """Say which plan gives its place to another one, then do it."""
    form, present = Form(), queries.find_current_plan(me())
    other = present.title if present and present.id != plan.id else ""
    effects = [
        _("« %(title)s », le plan courant, lui laisse la place; il reste lisible.", title=other) if other else "",
        _("La page du plan, l'accueil, les retards et les rappels suivront ce plan."),
        _("Le journal public le dira."),
    ]
    return _answer(
        "current",
        plan,
        form,
        effects,
        lambda: publishing.make_current(me(), plan),
        _("« %(title)s » est le plan courant.", title=plan.title),
    )


@bp.route("/plan/<id:plan_id>/archive", methods=BOTH)
@members(policy.ARCHIVE, of=loaders.PLAN, late=[policy.is_open], limit="team")
def archive_plan(plan: Plan) -> Any:
    """Say what leaves the lists of work with a plan, then put it in the archives."""
    return _answer(
        "archive",
        plan,
        Form(),
        _foresee_archive(plan),
        lambda: publishing.archive(me(), plan),
        _("« %(title)s » est aux archives : il reste lisible.", title=plan.title),
    )


def _foresee_archive(plan: Plan) -> list[str]:
    linked = links.count_linked_ideas(plan)
    return [
        _("C'est le plan courant : tant qu'aucun autre ne le devient, la page du plan sera vide.")
        if plan.is_current
        else "",
        _("Ses pages, ses versions et ce qui s'y dit restent lisibles."),
        _("Les personnes qui tiennent ses actions à jour n'auront plus rien à y faire."),
        ngettext(
            "%(num)s contribution liée à ses actions garde son étape : mettez fin au lien d'abord, s'il y a lieu.",
            "%(num)s contributions liées à ses actions gardent leur étape : mettez fin aux liens d'abord, s'il y a "
            "lieu.",
            linked,
        )
        if linked
        else "",
        _("Son brouillon attend aussi.") if queries.has_draft(plan) else "",
        _("Le journal public le dira."),
    ]


@bp.post("/plan/<id:plan_id>/restoration")
@members(policy.UNARCHIVE, of=loaders.PLAN, late=[policy.is_archived], form_on="plan.plans", limit="team")
def unarchive_plan(plan: Plan) -> Response:
    if plan.is_archived:
        publishing.unarchive(me(), plan)
    return done(_place(plan), _("« %(title)s » n'est plus aux archives.", title=plan.title))


def find_to_delete(actor: Actor, plan_id: int, permission: Permission) -> Plan | None:
    """Return a plan to delete, or None where the form of one comes after a colleague deleted it. Raise NotFound."""
    if request.method == "POST" and policy.WRITE.permits(actor) and not queries.exists(plan_id):
        return None
    return queries.get_plan(actor, plan_id, permission)


@bp.route("/plan/<id:plan_id>/deletion", methods=BOTH)
@members(policy.DELETE, of=Loader(find_to_delete, "plan_id"), limit="team")
def delete_plan(plan: Plan | None) -> Any:
    """Say what goes with a plan that was never published, then delete it as it was shown."""
    if plan is None:
        return done(url_for(".plans"), _("Ce plan n'est plus là : quelqu'un l'a supprimé."), "warning")
    form, title, working = VersionForm(), plan.title, queries.get_working_copy(plan)
    return _answer(
        "delete",
        plan,
        form,
        _foresee_deletion(working.outline),
        lambda: publishing.delete(me(), plan, version=form.version.data),
        _("« %(title)s » est supprimé.", title=title),
        url_for(".plans"),
        version=working.version,
    )


def _foresee_deletion(outline: Outline) -> list[str]:
    objectives = sum(len(one.objectives) for one in outline.orientations)
    actions = len(list(outline.actions()))
    return [
        ngettext(
            "%(num)s orientation de son brouillon s'en va.",
            "%(num)s orientations de son brouillon s'en vont.",
            len(outline.orientations),
        )
        if outline.orientations
        else "",
        ngettext("%(num)s objectif s'en va.", "%(num)s objectifs s'en vont.", objectives) if objectives else "",
        ngettext("%(num)s action s'en va.", "%(num)s actions s'en vont.", actions) if actions else "",
    ]


def _answer(
    name: str,
    plan: Plan,
    form: Form,
    effects: list[str],
    act: Callable[[], object],
    message: str,
    place: str = "",
    version: str = "",
) -> Any:
    """Show the page of an act on a plan, or do it; `version` is that of the words that the effects are told of."""
    code = 0
    if request.method == "POST":
        outcome = attempt(form, act, late=LATE)
        if not outcome.code:
            return done(place or _place(plan), message)
        code = outcome.code
    if isinstance(form, VersionForm):
        form.version.data = version
    return confirming.render_confirmation(
        confirmation_texts.PLANS[name],
        form,
        back=_place(plan),
        effects=effects,
        is_grave=name == "delete",
        code=code or 200,
        title=plan.title,
        steps=[(_("Plan d'action"), url_for(".show")), (_("Tous les plans"), url_for(".plans"))],
    )


def _place(plan: Plan) -> str:
    return url_for(".plans", _anchor=f"plan-{plan.id}")
