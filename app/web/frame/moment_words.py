"""What is said at each moment of an idea, to who wrote it and to who supports or follows it."""

from datetime import datetime, timedelta

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.communities.queries import Room
from app.core import clock
from app.forms import times
from app.ideas.models import Idea
from app.web.frame import locale, words
from app.web.frame.filters import label
from app.web.frame.stations import MASCULINE_KINDS

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
    "archived": _l("Aux archives"),
}
# At the head of a mail, over what became of it.
MOVED = {
    "aspiration": _l("Votre aspiration a fait du chemin."),
    "need": _l("Votre besoin a fait du chemin."),
    "idea": _l("Votre idée a fait du chemin."),
    "project": _l("Votre projet a fait du chemin."),
}
OF_PLAN = ("planned", "underway")


def tell(idea: Idea, status: str, *, is_own: bool) -> str:
    """Say what became of an idea, in one sentence that names it."""
    if not is_own:
        return str((RETAINED_OF_OTHERS if status == "retained" else RESULT_OF_OTHERS)[idea.kind])
    return tell_own(idea.kind, status, idea.published_at or idea.created_at)


def tell_own(kind: str, status: str, said_at: datetime) -> str:
    """Say to its author what became of an idea of a kind, which they said at a moment."""
    yours = str(words.OWN[kind])
    if status == "published":
        return _("%(yours)s prend la route.", yours=yours)
    if status == "under_review":
        return _("%(yours)s est à l'étude.", yours=yours)
    if status == "retained":
        return str(RETAINED[kind])
    if status in OF_PLAN:
        return _("%(yours)s est au plan.", yours=yours)
    if status == "achieved":
        return _("Vous l'avez dit en %(month)s. Le voici.", month=_name_month(said_at))
    if status == "archived":
        return _("%(yours)s est aux archives.", yours=yours)
    return _("La réponse est non, et voici pourquoi.")


def _name_month(moment: datetime) -> str:
    local, now = moment.astimezone(clock.ZONE), clock.now().astimezone(clock.ZONE)
    is_recent = (now.year - local.year) * 12 + now.month - local.month < 12
    return str(format_date(local.date(), "MMMM" if is_recent else "MMMM y", locale=get_locale()))


def name_team(room: Room | None) -> str:
    return _("L'équipe de %(room)s", room=label(room)) if room else _("L'équipe de coordination")


def tell_due(room: Room | None, since: datetime) -> str:
    """Say by when a community answers what it looks into since a moment; "" once that day is past."""
    due = since + timedelta(days=room.answer_days) if room else since
    return _("On vous répond d'ici le %(day)s.", day=locale.format_day_of_year(due)) if due > clock.now() else ""


def tell_reading(kind: str, room: Room | None, at: datetime) -> str:
    """Say which team read an idea of a kind and published it, and when."""
    hour, day, team = times.hour(at), locale.format_day_of_year(at), name_team(room)
    if kind in MASCULINE_KINDS:
        return (
            _("%(team)s l'a lu et publié à %(hour)s.", team=team, hour=hour)
            if is_today(at)
            else _("%(team)s l'a lu et publié le %(day)s.", team=team, day=day)
        )
    return (
        _("%(team)s l'a lue et publiée à %(hour)s.", team=team, hour=hour)
        if is_today(at)
        else _("%(team)s l'a lue et publiée le %(day)s.", team=team, day=day)
    )


def tell_hearing(room: Room | None, at: datetime) -> str:
    """Say who will hear of an idea that was published today; "" where nobody will, or heard."""
    is_said = room and not room.is_private and is_today(at)
    return _("Les gens qui suivent %(room)s en auront des nouvelles.", room=label(room)) if is_said else ""


def is_today(at: datetime) -> bool:
    return at.astimezone(clock.ZONE).date() == clock.today()
