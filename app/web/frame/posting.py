"""What may refuse or delay a post: a pause, the limits of a new account, a first reading by the team."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts import changes, limits, trust
from app.comments.models import Thread
from app.comments.queries.reading import seconds_to_wait
from app.communities.models import Restriction
from app.communities.queries import get_visible_rooms
from app.core import settings
from app.forms import times
from app.forms.base import Form
from app.web.frame import locale, words
from app.web.frame.attempt import Outcome, do
from app.web.frame.filters import label
from app.web.frame.session import me, restrictions

Result = TypeVar("Result")
# What was posted, at the head of a sentence.
OWN = words.OWN | {"comment": _l("Votre commentaire")}


def attempt_post(
    form: Form,
    act: Callable[[], Result],
    texts: Mapping[str, str],
    *,
    places: Iterable[int | None] = (),
    check: Callable[[], bool] | None = None,
) -> Outcome[Result]:
    """Do the act as `attempt` does, unless a pause, there or anywhere (403), or an excess of a text (422) refuses it.

    `texts` are what would be posted, by the field beside which an excess is said.
    """
    if not (check or form.validate)():
        return Outcome(422)
    if is_paused(form, *places):
        return Outcome(403)
    if any(is_excessive(form, text, field) for field, text in texts.items()):
        return Outcome(422)
    return do(form, act)


def post_message(content: str, suspect: str, success: str) -> tuple[str, str]:
    """Return the message on what became of a post of this kind, and how it is said; `success` is for a public one."""
    codes = suspect.split()
    if trust.BURST in codes:
        return explain_pause(), "warning"
    if trust.CROWD in codes and trust.FIRST not in codes:
        return _(
            "%(own)s est entre les mains de l'équipe d'animation, qui lit avant de publier : beaucoup d'envois "
            "arrivent en même temps de votre réseau, qui est peut-être celui d'une salle ou d'une école. Vous aurez "
            "un avis; d'ici là, voyez « Mes contributions ».",
            own=OWN[content],
        ), "info"
    if codes:
        return _(
            "%(own)s est entre les mains de l'équipe d'animation, qui lit avant de publier : vous aurez un avis dès "
            "que ce sera fait. D'ici là, voyez « Mes contributions ».",
            own=OWN[content],
        ), "info"
    return success, "success"


def pending_message(content: Any) -> str:
    """Say what a change of a text that waits, or that was refused, brings; nothing of a text that is public."""
    if content.status != "pending":
        return ""
    if content.is_hidden:
        return _(
            "%(own)s est de nouveau entre les mains de l'équipe d'animation, qui lit avant de publier : vous aurez "
            "un avis.",
            own=OWN[getattr(content, "kind", "comment")],
        )
    return _("Vos changements sont enregistrés. L'équipe d'animation lira cette version.")


def change_message(success: str, **subject: int) -> tuple[str, str]:
    """Return the message on what became of a change, and its kind; `success` is the message of one that is public."""
    revision = changes.find_own_revision(me(), **subject)
    if revision and revision.is_open and revision.is_again:
        return _(
            "Votre nouvelle version est entre les mains de l'équipe d'animation, qui lit avant de publier : vous "
            "aurez un avis. D'ici là, tout reste masqué."
        ), "info"
    if revision and revision.is_open:
        return _(
            "Votre modification est reçue. L'équipe d'animation la lit avant qu'elle paraisse : vous aurez un "
            "avis dès que ce sera fait. D'ici là, ce qui est publié reste tel quel."
        ), "info"
    return success, "success"


def is_paused(form: Form, *places: int | None) -> bool:
    """Tell (and say) that this account may not take part for now, or not there; what was typed stays on the page."""
    out = [community_id for community_id in (None, *places) if is_out(community_id)]
    if not out:
        return False
    form.say(None, explain_pause(out[0]) + " " + _("Ce que vous avez écrit est gardé ci-dessous."))
    return True


def is_out(community_id: int | None) -> bool:
    """Tell whether this account may take part nowhere, or not in this community."""
    return me().is_suspended or community_id in me().barred_ids


def get_community_id(subject: Any) -> int | None:
    """Return the community that a content, or a community itself, belongs to."""
    found = getattr(subject, "community_id", None) or getattr(getattr(subject, "thread", None), "community_id", None)
    return found or (subject.id if hasattr(subject, "slug") and hasattr(subject, "is_archived") else None)


def explain_slow_mode(thread: Thread) -> str:
    """Say when this person may speak again in a slow thread; nothing when they need not wait."""
    seconds = seconds_to_wait(me(), thread)
    return times.again(seconds) if seconds else ""


def explain_wait() -> str:
    """Say when this person may propose again, where an idea would be refused now for their pace; else nothing."""
    refusal = limits.find_refusal("idea", me(), *trust.list_acts(me(), "idea"))
    return times.explain(refusal) if refusal else ""


def explain_pause(community_id: int | None = None) -> str:
    """Say why this account may not take part (there), and what happens next."""
    found = next((one for one in restrictions() if one.community_id in (None, community_id)), None)
    if found is not None and found.community_id is not None:
        return _why_out(found)
    if found is None or found.kind == "freeze":
        return _(
            "Votre compte est en pause : beaucoup de publications sont arrivées en très peu de temps. L'équipe "
            "d'animation va regarder ce qui s'est passé, et vous aurez un avis. Rien n'est effacé."
        )
    if found.until:
        return _(
            "Votre participation est suspendue jusqu'au %(day)s. Motif : %(reason)s",
            day=locale.format_moment(found.until),
            reason=found.reason,
        )
    return _("Votre participation est suspendue. Motif : %(reason)s", reason=found.reason)


def _why_out(found: Restriction) -> str:
    room = get_visible_rooms(me()).by_id.get(found.community_id or 0)
    place = label(room) if room else _("communauté privée")
    if found.until:
        return _(
            "Votre participation dans « %(place)s » est suspendue jusqu'au %(day)s. Motif : %(reason)s",
            place=place,
            day=locale.format_moment(found.until),
            reason=found.reason,
        )
    return _("Votre participation dans « %(place)s » est bloquée. Motif : %(reason)s", place=place, reason=found.reason)


def is_excessive(form: Form, text: str, field: str = "body") -> bool:
    """Tell (and say beside the text) that a new account puts more in it than it may yet."""
    found = trust.count_excess(text) if me().is_new else {}
    if "links" in found:
        form.say(field, _links(found["links"]))
    if "mentions" in found:
        form.say(field, _mentions(found["mentions"]))
    return bool(found)


def _links(found: int) -> str:
    most = settings.get_value("new_links")
    return ngettext(
        "Un nouveau compte peut mettre %(num)s lien à la fois; il y en a %(found)s ici. Retirez-en : cette "
        "limite disparaîtra quand l'équipe d'animation aura publié vos premières contributions.",
        "Un nouveau compte peut mettre %(num)s liens à la fois; il y en a %(found)s ici. Retirez-en : cette "
        "limite disparaîtra quand l'équipe d'animation aura publié vos premières contributions.",
        most,
        found=found,
    )


def _mentions(found: int) -> str:
    most = settings.get_value("new_mentions")
    return ngettext(
        "Un nouveau compte peut écrire %(num)s nom avec @ à la fois; il y en a %(found)s ici. Retirez-en : "
        "cette limite disparaîtra quand l'équipe d'animation aura publié vos premières contributions.",
        "Un nouveau compte peut écrire %(num)s noms avec @ à la fois; il y en a %(found)s ici. Retirez-en : "
        "cette limite disparaîtra quand l'équipe d'animation aura publié vos premières contributions.",
        most,
        found=found,
    )
