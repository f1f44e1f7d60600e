"""What is said at each moment of an idea, to who wrote it and to who supports or follows it."""

from datetime import datetime

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.ideas.models import Idea
from app.web.frame import words

# By kind of idea: French has one word for each gender.
RETAINED = {
    "aspiration": _l("Oui : votre aspiration est retenue."),
    "need": _l("Oui : votre besoin est retenu."),
    "idea": _l("Oui : votre idée est retenue."),
    "project": _l("Oui : votre projet est retenu."),
}
RETAINED_OF_OTHERS = {
    "aspiration": _l("Oui : l'aspiration qui vous tient à cœur est retenue."),
    "need": _l("Oui : le besoin qui vous tient à cœur est retenu."),
    "idea": _l("Oui : l'idée qui vous tient à cœur est retenue."),
    "project": _l("Oui : le projet qui vous tient à cœur est retenu."),
}
RESULT_OF_OTHERS = {
    "aspiration": _l("L'aspiration qui vous tient à cœur a donné un résultat. Le voici."),
    "need": _l("Le besoin qui vous tient à cœur a donné un résultat. Le voici."),
    "idea": _l("L'idée qui vous tient à cœur a donné un résultat. Le voici."),
    "project": _l("Le projet qui vous tient à cœur a donné un résultat. Le voici."),
}
KICKERS = {
    "published": _l("C'est publié"),
    "under_review": _l("À l'étude"),
    "retained": _l("Décision"),
    "planned": _l("Au plan"),
    "underway": _l("Au plan"),
    "achieved": _l("Résultat"),
    "declined": _l("Décision"),
    "archived": _l("Décision"),
}
MASCULINE = ("need", "project")
OF_PLAN = ("planned", "underway")


def tell(idea: Idea, status: str, *, is_own: bool) -> str:
    """Say what became of an idea, in one sentence that names it."""
    if not is_own:
        return str((RETAINED_OF_OTHERS if status == "retained" else RESULT_OF_OTHERS)[idea.kind])
    yours = str(words.OWN[idea.kind])
    if status == "published":
        return _("%(yours)s prend la route.", yours=yours)
    if status == "under_review":
        return _("%(yours)s est à l'étude.", yours=yours)
    if status == "retained":
        return str(RETAINED[idea.kind])
    if status in OF_PLAN:
        return _("%(yours)s est au plan.", yours=yours)
    if status == "achieved":
        return _("Vous l'avez dit en %(month)s. Le voici.", month=_name_month(idea.published_at or idea.created_at))
    if status == "archived":
        return _("%(yours)s est aux archives, et voici pourquoi.", yours=yours)
    return _("La réponse est non, et voici pourquoi.")


def _name_month(moment: datetime) -> str:
    local, now = moment.astimezone(clock.ZONE), clock.now().astimezone(clock.ZONE)
    is_recent = (now.year - local.year) * 12 + now.month - local.month < 12
    return str(format_date(local.date(), "MMMM" if is_recent else "MMMM y", locale=get_locale()))
