"""The ways from the plan and from an action to what this person can do there; where there is no such page, none."""
from flask import current_app, url_for
from flask_babel import lazy_gettext as _l

from app.core.permits import can
from app.plan.models.structure import Action, Plan
from app.web.frame.session import me

# (endpoint, its words, the permission that it asks)
OF_PLAN = (
    ("plan.plans", _l("Les plans et leurs brouillons"), "plan:write"),
    ("plan.import_plan", _l("Importer un classeur"), "plan:write"))
FILES = (("plan.csv", _l("Plan en CSV"), "plan:read"), ("plan.xlsx", _l("Plan en Excel"), "plan:read"),
         ("plan.versions", _l("Les versions du plan"), "plan:read"))
OF_ACTION = (
    ("plan.new_bulletin", _l("Dire où elle en est"), "action:report_on"),
    ("plan.holders", _l("Qui la tient à jour"), "holder:name"),
    ("plan.list_links", _l("Ses liens avec des contributions"), "action:feed"))


def of_plan() -> list[tuple[str, str]]:
    """Return the address and the words of each act of the coordination on the plan."""
    return [(url_for(endpoint), str(words)) for endpoint, words, name in OF_PLAN
            if _is_there(endpoint) and can(me(), name)]


def files_of(plan: Plan) -> list[tuple[str, str]]:
    """Return what else can be read of a plan: its files, its versions."""
    return [(url_for(endpoint), str(words)) for endpoint, words, name in FILES
            if _is_there(endpoint) and can(me(), name, plan)]


def of_action(action: Action) -> list[tuple[str, str]]:
    """Return the address and the words of each act on an action that this person may do."""
    return [(url_for(endpoint, action_id=action.id), str(words)) for endpoint, words, name in OF_ACTION
            if _is_there(endpoint) and can(me(), name, action)]


def _is_there(endpoint: str) -> bool:
    return endpoint in current_app.view_functions
