"""What is said of the chain from a voice to an action: it begins with the reader's own idea."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.ideas.models import Idea
from app.plan.queries.bulletins import BulletinDetails
from app.web.frame import locale

# By what led the reader to an action, and the kind of the idea.
VOICES = {
    "author.aspiration": _l("Votre aspiration %(when)s"),
    "author.need": _l("Votre besoin %(when)s"),
    "author.idea": _l("Votre idée %(when)s"),
    "author.project": _l("Votre projet %(when)s"),
    "supporter.aspiration": _l("L'aspiration %(when)s que vous avez appuyée"),
    "supporter.need": _l("Le besoin %(when)s que vous avez appuyé"),
    "supporter.idea": _l("L'idée %(when)s que vous avez appuyée"),
    "supporter.project": _l("Le projet %(when)s que vous avez appuyé"),
    "follower.aspiration": _l("L'aspiration %(when)s que vous suivez"),
    "follower.need": _l("Le besoin %(when)s que vous suivez"),
    "follower.idea": _l("L'idée %(when)s que vous suivez"),
    "follower.project": _l("Le projet %(when)s que vous suivez"),
}
MOVES = {
    "planned": _l("l'action est remise à plus tard"),
    "underway": _l("l'action commence"),
    "achieved": _l("l'action est réalisée"),
    "dropped": _l("l'action est abandonnée"),
}


def name_voice(role: str, idea: Idea) -> str:
    """Begin a sentence with an idea, as its reader knows it: « Votre besoin de novembre »."""
    return str(VOICES[f"{role}.{idea.kind}"]) % {"when": locale.format_of_month(idea.published_at or idea.created_at)}


def say(details: BulletinDetails | None) -> str:
    """End a sentence with what happened to an action, as a bulletin says it."""
    bulletin = details.bulletin if details else None
    if bulletin and bulletin.has_moved:
        is_back = bulletin.state == "underway" and bulletin.state_before != "planned"
        return _("l'action reprend") if is_back else str(MOVES[bulletin.state])
    if details and details.milestones:
        return ngettext(
            "un jalon est franchi, « %(title)s »",
            "%(num)s jalons sont franchis",
            len(details.milestones),
            title=details.milestones[0],
        )
    return _("un obstacle la retient") if bulletin and bulletin.blocker else _("voici où elle en est")
