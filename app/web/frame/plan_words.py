"""The codes and the progress of the plan in the words of the interface."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.plan.progress import Tally

STATES = {
    "planned": _l("À venir"),
    "underway": _l("En cours"),
    "achieved": _l("Réalisée"),
    "dropped": _l("Abandonnée"),
}
VIEWS = {
    "orientation": _l("Par orientation"),
    "territory": _l("Par MRC"),
    "issue": _l("Par enjeu"),
    "community": _l("Par communauté"),
    "year": _l("Par année"),
    "lead": _l("Par responsable"),
}
# Days: in a week, in a month; from how many on a delay is told in weeks, and in months.
WEEK, MONTH, WEEKS, MONTHS = 7, 30, 14, 60


def tell_progress(tally: Tally, declared: int) -> str:
    """Say how far an action is: « 3 jalons de 5 », or what its holder declared where it has no milestones."""
    if not tally.count:
        return _("%(percent)s %%", percent=declared)
    return ngettext("%(num)s jalon de %(count)s", "%(num)s jalons de %(count)s", tally.reached, count=tally.count)


def count_state(state: str, count: int) -> str:
    """Say the state of several actions after their number: « 5 réalisées »."""
    return {
        "planned": _("à venir"),
        "underway": _("en cours"),
        "achieved": ngettext("réalisée", "réalisées", count),
        "dropped": ngettext("abandonnée", "abandonnées", count),
    }[state]


def tell_delay(since: date | None, today: date) -> str:
    """Say how late something is, in the unit that a person would choose."""
    if since is None:
        return ""
    days = (today - since).days
    if days < WEEKS:
        return ngettext("En retard de %(num)s jour", "En retard de %(num)s jours", days)
    if days < MONTHS:
        return ngettext("En retard de %(num)s semaine", "En retard de %(num)s semaines", days // WEEK)
    return ngettext("En retard de %(num)s mois", "En retard de %(num)s mois", days // MONTH)
