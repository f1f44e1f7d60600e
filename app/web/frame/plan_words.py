"""The codes and the progress of the plan in the words of the interface."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.plan.progress import Tally

STATES = {
    "planned": _l("À venir"), "underway": _l("En cours"), "achieved": _l("Réalisée"), "dropped": _l("Abandonnée"),
}
VIEWS = {
    "orientation": _l("Par orientation"), "territory": _l("Par MRC"), "issue": _l("Par enjeu"),
    "community": _l("Par communauté"), "year": _l("Par année"), "lead": _l("Par responsable"),
}


def tell_progress(tally: Tally, declared: int) -> str:
    """Say how far an action is: « 3 jalons de 5 », or what its holder declared where it has no milestones."""
    if not tally.count:
        return _("%(percent)s %%", percent=declared)
    return ngettext("%(num)s jalon de %(count)s", "%(num)s jalons de %(count)s", tally.reached, count=tally.count)


def count_state(state: str, count: int) -> str:
    """Say the state of several actions after their number: « 5 réalisées »."""
    return {
        "planned": _("à venir"), "underway": _("en cours"),
        "achieved": ngettext("réalisée", "réalisées", count), "dropped": ngettext("abandonnée", "abandonnées", count),
    }[state]
