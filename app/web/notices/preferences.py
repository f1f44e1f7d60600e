"""How the reader is told: each choice on one page, and what comes of them in a sentence."""

from collections.abc import Mapping

from babel.lists import format_list
from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actor import Actor
from app.desk import policy as desk
from app.forms.notices import WEEKDAYS, NoticesForm
from app.notifications import policy
from app.notifications.models import NoticeSettings
from app.notifications.queries import settings as queries
from app.notifications.service import settings as service
from app.notifications.topics import OF_TEAMS, USUAL
from app.web.frame import locale
from app.web.frame.attempt import attempt
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.notices.bp import bp

# What each topic is, inside a sentence.
WHAT = {
    "reply": _l("ce qu'on vous répond"),
    "contribution": _l("ce que deviennent vos contributions"),
    "support": _l("les appuis que vous recevez"),
    "follow": _l("ce que vous suivez"),
    "task": _l("ce qu'on vous confie"),
    "desk": _l("ce qui attend votre équipe"),
}
HELP = {
    "reply": _l("Les réponses, les offres et les questions, et ce qui est repris de vos mots."),
    "contribution": _l("Les réponses de l'équipe, les étapes, les regroupements, les décisions."),
    "support": _l("Le premier appui, puis par dizaines."),
    "follow": _l("Les nouvelles idées, ce qui se dit, les étapes et les travaux."),
    "task": _l("Une contribution, un signalement, une réponse à relire, une action à tenir à jour."),
    "desk": _l(
        "Les signalements, les premières publications, les demandes, qui vient de se joindre, les besoins sans action."
    ),
}


@bp.get("/notifications/preferences")
@members(policy.READ)
def preferences() -> str:
    paces, chosen = queries.get_paces(me()), queries.get_settings(me())
    return render(
        "notices/preferences.html",
        form=NoticesForm.of(paces, chosen).offer(_list_topics(me())),
        says=describe(me(), paces, chosen),
        help=HELP,
    )


@bp.post("/notifications/preferences")
@members(policy.READ, limit="account")
def choose_preferences() -> Response:
    form = NoticesForm().offer(_list_topics(me()))
    outcome = attempt(form, lambda: service.choose(me(), **form.values()))
    if outcome.code:
        return refuse(
            "notices/preferences.html",
            code=outcome.code,
            form=form,
            help=HELP,
            says=describe(me(), queries.get_paces(me()), queries.get_settings(me())),
        )
    return done(url_for(".preferences"), _("Vos choix sont enregistrés."))


@bp.post("/notifications/preferences/silence")
@members(policy.READ, limit="account")
def silence() -> Response:
    """Have nothing more come by mail; the notices stay on the site."""
    service.set_paces(
        me().own_id, {topic: "site" for topic, pace in queries.get_paces(me()).items() if pace != "never"}
    )
    return done(
        url_for(".preferences"),
        _("Plus rien ne viendra par courriel, sauf ce qui protège votre compte. Vos avis restent ici."),
    )


def _list_topics(actor: Actor) -> list[str]:
    """Return the topics that a person chooses a pace for: those of teams, and tasks for who holds something."""
    has_charge = desk.READ.permits(actor, None)
    has_task = bool(actor.holds or actor.doors or actor.secretary_of)
    return [topic for topic in USUAL if topic not in OF_TEAMS or has_charge or (topic == "task" and has_task)]


def describe(actor: Actor, paces: Mapping[str, str], chosen: NoticeSettings) -> list[str]:
    """Say in sentences what will come by mail, and when."""
    topics = _list_topics(actor)
    what = {
        pace: format_list([str(WHAT[topic]) for topic in topics if paces[topic] == pace], locale=get_locale())
        for pace in ("now", "daily", "weekly")
        if any(paces[topic] == pace for topic in topics)
    }
    if not what:
        return [_("Vous ne recevrez aucun courriel, sauf ceux qui protègent votre compte.")]
    weekday = str(WEEKDAYS[chosen.weekday].label)
    sentences = {
        "now": _("Tout de suite : %(what)s.", what=what.get("now", "")),
        "daily": _("Chaque jour à 7 h, en un résumé : %(what)s.", what=what.get("daily", "")),
        "weekly": _("Le %(day)s à 7 h, en un résumé : %(what)s.", day=weekday, what=what.get("weekly", "")),
    }
    said = [sentences[pace] for pace in what]
    if chosen.paused_until and chosen.paused_until > clock.now():
        return [_("Rien ne viendra avant le %(day)s. Ensuite :", day=locale.format_day(chosen.paused_until)), *said]
    return said
