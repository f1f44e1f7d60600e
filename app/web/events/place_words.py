"""What the service mails of meetings say, each kind in a sentence or two and the name of its button."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.events import mails, places, policy, seating
from app.events.models.contents import EventMove
from app.events.models.registrations import CONFIRM, IN, EventRegistration
from app.events.queries import details, registrations
from app.forms.registrations import MODES
from app.notes.queries import outcomes
from app.web.events import place_links
from app.web.frame import event_words
from app.web.frame.outcome_words import tell_outcome

KNOWN = "known"


@dataclass(frozen=True)
class Words:
    """What a mail says first, and what its button is called."""

    subject: str
    lines: tuple[str, ...]
    button: str


def is_open(registration: EventRegistration) -> bool:
    """Tell whether the person may read the meeting: of what is out of their sight, no more is said than they knew."""
    return policy.is_public(place_links.get_person(registration), registration.event)


def _confirm(registration: EventRegistration) -> Words:
    return Words(
        _("Confirmez votre place"),
        (
            _("Quelqu'un, sans doute vous, a donné cette adresse pour venir à cette rencontre."),
            _(
                "Confirmez : la place est à vous à ce moment-là, s'il en reste. Sinon, vous serez sur la liste "
                "d'attente."
            ),
            _tell_said(registration),
        ),
        _("Confirmer ma place"),
    )


def _tell_said(registration: EventRegistration) -> str:
    """Say what a press confirms: anybody may have written it, and the first who did is the one who is kept."""
    # No program that shows the mail makes a link of a name.
    name = re.sub(r"\.(?=\w)", ". ", place_links.get_name(registration))
    people = ngettext("%(num)s personne", "%(num)s personnes", registration.party)
    values = {"name": name, "people": people, "way": str(MODES[registration.mode]).lower()}
    return " ".join(
        [
            _("À confirmer : « %(name)s », %(people)s (%(way)s).", **values),
            _("Des besoins d'accès sont notés.") if registration.needs else _("Aucun besoin d'accès n'est noté."),
            _("Ce qui a été écrit d'abord avec cette adresse est gardé : corrigez sur la page ce qui n'est pas juste."),
        ]
    )


def _known(registration: EventRegistration) -> Words:
    line = (
        _("Vous avez déjà une place. Votre page permet de changer ce que vous avez dit, ou de rendre la place.")
        if registration.state == IN
        else _("Vous êtes déjà sur la liste d'attente. Votre page dit combien de personnes attendent avant vous.")
    )
    return Words(_("Vous êtes sur la liste"), (line,), _("Voir ma place"))


def _place(_registration: EventRegistration) -> Words:
    return Words(_("Votre place est prise"), (_("On vous attend."),), _("Voir ma place"))


def _promoted(_registration: EventRegistration) -> Words:
    line = _("Une place s'est libérée, et c'était votre tour : elle est à vous, il n'y a rien à faire.")
    more = _("Si vous ne venez plus, rendez-la : quelqu'un d'autre en profitera.")
    return Words(_("Vous avez une place"), (line, more), _("Voir ma place"))


def _wait(registration: EventRegistration) -> Words:
    before = event_words.tell_before(registrations.count_before(registration))
    line = _("C'est complet pour le moment. Vous êtes sur la liste d'attente.")
    return Words(
        _("Vous êtes sur la liste d'attente"), (f"{line} {before}", *_tell_of_list(registration)), _("Voir mon rang")
    )


def _tell_of_list(registration: EventRegistration) -> tuple[str, ...]:
    if not places.moves_by_itself(registration.event.starts_at, clock.now()):
        return (
            _("Dès qu'une place se libère, nous écrivons à toute la liste : la première personne qui la prend l'a."),
        )
    return (
        _("Quand une place se libère, elle va à la personne suivante sur la liste, et nous vous l'écrivons aussitôt."),
        _("Dans les dernières 24 heures, nous écrivons à tout le monde : la première personne qui la prend l'a."),
    )


def _free(_registration: EventRegistration) -> Words:
    return Words(_("Une place est libre"), (_tell_of_press(),), _("Prendre la place"))


def _tell_of_press() -> str:
    return _("Une place vient de se libérer. La première personne qui la prend l'a : nous écrivons à toute la liste.")


def _moved(registration: EventRegistration) -> Words:
    move = details.find_last_move(registration.event_id)
    lines = (*(_tell_move(move) if move else ()), _keeps(registration))
    return Words(_("Nouvelle date"), lines, _show(registration))


def _tell_move(move: EventMove) -> tuple[str, str]:
    former = event_words.name_moment(move.former_starts_at)
    return (
        _("La rencontre était prévue le %(when)s; elle est déplacée. La nouvelle date est ci-dessous.", when=former),
        _("Motif : %(reason)s", reason=move.reason),
    )


def _changed(registration: EventRegistration) -> Words:
    line = _("Le lieu, ou la façon de participer, a changé. Voici ce qui vaut maintenant.")
    return Words(_("Ce qui change"), (line, _keeps(registration)), _show(registration))


def _keeps(registration: EventRegistration) -> str:
    if registration.state == IN:
        return _("Vous gardez votre place. Si vous ne pouvez plus venir, rendez-la : quelqu'un d'autre en profitera.")
    rank = _("Vous gardez votre rang sur la liste d'attente.")
    return " ".join([rank, _tell_of_press()]) if _may_take(registration) else rank


def _may_take(registration: EventRegistration) -> bool:
    """Tell whether a place is there for whoever presses first, as in the last hours."""
    event = registration.event
    by_press = not places.moves_by_itself(event.starts_at, clock.now())
    return by_press and seating.fits(event, registration.mode, registration.party)


def _show(registration: EventRegistration) -> str:
    return _("Voir ma place") if registration.state == IN else _("Voir mon rang")


def _cancelled(registration: EventRegistration) -> Words:
    reason = _("Motif : %(reason)s", reason=registration.event.cancelled_reason)
    lines = (_("La rencontre n'aura pas lieu."), *([reason] if is_open(registration) else []))
    return Words(_("Rencontre annulée"), lines, _("Voir la rencontre"))


def _hidden(_registration: EventRegistration) -> Words:
    lines = (
        _("L'équipe d'animation a masqué cette rencontre : sa page ne s'ouvre plus pour le moment."),
        _(
            "Ne vous déplacez pas sans autres nouvelles. Votre inscription est gardée : si la rencontre est affichée "
            "de nouveau, nous vous l'écrirons."
        ),
    )
    return Words(_("Rencontre masquée"), lines, _("Voir les rencontres"))


def _shown(registration: EventRegistration) -> Words:
    line = _("L'équipe d'animation avait masqué cette rencontre; elle l'affiche de nouveau.")
    return Words(_("Rencontre affichée de nouveau"), (line, _keeps(registration)), _show(registration))


def _remind(_registration: EventRegistration) -> Words:
    line = _(
        "La rencontre approche. Si vous ne pouvez plus venir, rendez votre place : quelqu'un d'autre en profitera."
    )
    return Words(_("Rappel"), (line,), _("Voir ma place"))


def _minutes(_registration: EventRegistration) -> Words:
    line = _("Vous y aviez une place : voici ce qui s'y est dit et décidé, et ce qui en sort.")
    return Words(_("Le compte rendu est publié"), (line,), _("Lire le compte rendu"))


def _reviewed(registration: EventRegistration) -> Words:
    outcome = outcomes.find_outcome(registration)
    line = tell_outcome(
        registration.event.title, outcome.count, has_sessions=outcome.has_sessions, starts_at=outcome.starts_at
    )
    lines = (f"{line}.", _("Vous y étiez. Chaque chose dite a sa place, ou s'arrête avec un motif."))
    return Words(_("Ce que vos paroles sont devenues"), lines, _("Voir ce que c'est devenu"))


def _dropped(registration: EventRegistration) -> Words:
    line = _("Vous ne venez plus à cette rencontre, et votre place est rendue.")
    return _with_way_back(registration, _("Votre place est rendue"), line)


def _released(registration: EventRegistration) -> Words:
    line = _("L'équipe de la rencontre a rendu votre place : quelqu'un lui a dit que vous ne veniez plus.")
    return _with_way_back(registration, _("Vous n'êtes plus sur la liste"), line)


def _with_way_back(registration: EventRegistration, subject: str, line: str) -> Words:
    """Say how to come after all, as long as anybody still can."""
    if policy.REGISTER.permits(place_links.get_person(registration), registration.event):
        return Words(subject, (line, _("Si c'est une erreur, reprenez-en une.")), _("Reprendre une place"))
    return Words(subject, (line,), _("Voir la rencontre"))


def _out(_registration: EventRegistration) -> Words:
    line = _(
        "Seuls les membres de la communauté privée qui tient cette rencontre y viennent : vous n'êtes plus sur la "
        "liste."
    )
    return Words(_("Votre inscription est annulée"), (line,), _("Voir les rencontres"))


SAYINGS: dict[str, Callable[[EventRegistration], Words]] = {
    CONFIRM: _confirm,
    KNOWN: _known,
    mails.PLACE: _place,
    mails.PROMOTED: _promoted,
    mails.WAIT: _wait,
    mails.FREE: _free,
    mails.MOVED: _moved,
    mails.CHANGED: _changed,
    mails.CANCELLED: _cancelled,
    mails.HIDDEN: _hidden,
    mails.SHOWN: _shown,
    mails.REMINDER: _remind,
    mails.DROPPED: _dropped,
    mails.RELEASED: _released,
    mails.OUT: _out,
    mails.MINUTES: _minutes,
    mails.REVIEWED: _reviewed,
}
