"""The ways from the plan and from an action to what else can be read there, and to what this person can do."""

from flask import url_for
from flask_babel import gettext as _

from app.core.permits import can
from app.plan.models.structure import Action, Plan
from app.web.frame.session import me

# An address and the words of the link that leads there.
Tool = tuple[str, str]


def of_plan(plan: Plan | None) -> list[Tool]:
    """Return what the coordination can do with the plan of a page, if there is one."""
    if plan is None:
        first = [(url_for("plan.new_plan"), _("Commencer un plan"))]
    else:
        first = [] if plan.is_archived else [(url_for("plan.draft", plan_id=plan.id), _("Modifier le plan"))]
    others = [("plan.import_plan", _("Importer un plan")), ("plan.plans", _("Tous les plans"))]
    return [*first, *((url_for(endpoint), words) for endpoint, words in others)]


def list_files(plan: Plan) -> list[Tool]:
    """Return what else can be read of a plan: its files, its versions."""
    files = [("csv", _("Plan en CSV")), ("xlsx", _("Plan en Excel"))]
    found = [
        (url_for(f"plan.{name}") if plan.is_current else url_for(f"plan.{name}_of", plan_id=plan.id), words)
        for name, words in files
    ]
    versions = url_for("plan.versions") if plan.is_current else url_for("plan.versions_of", plan_id=plan.id)
    return [
        *found,
        (versions, _("Les versions du plan")),
        (url_for("journey.of_plan", plan_id=plan.id), _("Les voix d'où part le plan")),
    ]


def of_action(action: Action) -> list[Tool]:
    """Return what this person can do with an action."""
    tools = [
        ("plan.new_bulletin", _("Dire où elle en est"), "action:report_on"),
        ("plan.holders", _("Qui la tient à jour"), "holder:name"),
        ("plan.list_links", _("Ses liens avec des contributions"), "action:read"),
    ]
    return [
        (url_for(endpoint, action_id=action.id), words) for endpoint, words, name in tools if can(me(), name, action)
    ]
