"""The names of the codes of the plan in the interface."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

STATES = {
    "planned": _l("À venir"), "underway": _l("En cours"), "achieved": _l("Réalisée"), "dropped": _l("Abandonnée"),
}
VIEWS = {
    "orientation": _l("Par orientation"), "territory": _l("Par MRC"), "issue": _l("Par enjeu"),
    "community": _l("Par communauté"), "year": _l("Par année"), "lead": _l("Par responsable"),
}


def count_state(state: str, count: int) -> str:
    """Say the state of several actions after their number: « 5 réalisées »."""
    return {
        "planned": _("à venir"), "underway": _("en cours"),
        "achieved": ngettext("réalisée", "réalisées", count), "dropped": ngettext("abandonnée", "abandonnées", count),
    }[state]
