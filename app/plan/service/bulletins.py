"""Bulletins: what is said of an action on a day, with all that moves by it – its state, milestones, values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.accounts.submissions import Sending
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.text import markdown
from app.core.unit import command
from app.plan import policy
from app.plan.models.progress import Bulletin, IndicatorValue
from app.plan.models.structure import Action, Indicator, Milestone
from app.plan.progress import percent
from app.plan.queries import actions as queries
from app.plan.queries import statuses, tallies
from app.plan.queries.bulletins import find_repeated
from app.plan.service import applying
from app.plan.service.statuses import update_ideas_of
from app.plan.signals import BulletinCorrected, BulletinPosted, BulletinWithdrawn

NO_PROOF = N_("Dites ce qui montre que ce jalon est franchi : un fait, un nombre, un document.")
TO_COME = N_("Cette date est à venir.")
NOT_ITS_OWN = N_("Ce jalon ou cet indicateur n'est plus dans le plan : relisez l'action.")
IS_REACHED = N_("Ce jalon est déjà franchi.")
NOT_ALL = N_("Il reste des jalons à franchir : l'action n'est pas encore réalisée.")
HAS_MILESTONES = N_("L'avancement de cette action se compte par ses jalons.")
SAID_NOTHING = N_("Dites en quelques mots où en est l'action.")


@dataclass(frozen=True)
class Completion:
    """A milestone, the day when it was reached, what proves it in words and, perhaps, a link."""

    milestone_id: int
    on: date
    proof: str
    url: str = ""


@dataclass(frozen=True)
class Measurement:
    indicator_id: int
    on: date
    value: float


@dataclass(frozen=True)
class BulletinWords:
    """What is typed of an action: where it is, what blocks ("" for nothing), its state ("" for the same), the rest.

    `progress` (0 to 100) is for an action without milestones; `reopened` are milestones that were ticked by mistake.
    """

    body: str
    blocker: str = ""
    state: str = ""
    progress: int | None = None
    completions: Sequence[Completion] = field(default_factory=tuple)
    reopened: Sequence[int] = field(default_factory=tuple)
    measurements: Sequence[Measurement] = field(default_factory=tuple)
    lang: str = "fr"

    def moves(self, action: Action) -> bool:
        """Tell whether something of an action would be another than it is, beside what is said of it."""
        stays = self.state in ("", action.state) and self.progress in (None, action.progress)
        return not stays or any((self.completions, self.reopened, self.measurements))


Entry = tuple[Action, BulletinWords]
"""An action, and what is said of it."""


@command(also=lambda _actor, action, _words: statuses.list_ideas_of_action(action.id))
def post(actor: Actor, action: Action, words: BulletinWords, *, form_key: str | None = None) -> Bulletin:
    """Say where an action is. The same form sent twice for it makes one bulletin, and so do the same words once more.

    The first milestone that is reached starts an action that was to come. Raise Forbidden without the charge, Invalid
    for a milestone without proof, a day to come, an action that is said achieved with milestones to reach.
    """
    require(actor, policy.REPORT_ON, action)
    sending = Sending(actor, "bulletin", form_key, (str(action.id), words.body, words.state))
    first_id = sending.first_result()
    if first_id:
        return db.session.get_one(Bulletin, first_id)
    repeated = find_repeated(actor, action.id, words.body, words.blocker) if form_key else None
    if repeated and not words.moves(action):
        sending.repeat(repeated.id)
        return repeated
    [bulletin] = _write(actor, [(action, words)])
    sending.record(bulletin.id)
    return bulletin


@command
def edit(actor: Actor, bulletin: Bulletin, *, body: str, blocker: str = "", lang: str | None = None) -> None:
    """Write again what one said of an action; what moved by it stays.

    Raise Forbidden without the right to, Invalid where nothing is said.
    """
    require(actor, policy.EDIT_BULLETIN, bulletin)
    if not body.strip():
        raise Invalid(SAID_NOTHING, "body")
    if (bulletin.body, bulletin.blocker) != (body, blocker.strip()):
        bulletin.edited_at = clock.now()
        tell(BulletinCorrected(bulletin.id))
    bulletin.body, bulletin.body_html, bulletin.renderer = body, markdown.render(body), markdown.VERSION
    bulletin.blocker, bulletin.lang = blocker.strip(), lang or bulletin.lang


@command
def delete(actor: Actor, bulletin: Bulletin) -> None:
    """Take one's words back; the state, the milestones and the values that they came with stay."""
    require(actor, policy.DELETE_BULLETIN, bulletin)
    bulletin.delete(actor.own_id)
    tell(BulletinWithdrawn(bulletin.id))


@command
def hide(actor: Actor, bulletin: Bulletin, *, reason: str) -> None:
    """Take what was said out of sight; what moved by it stays. Raise Forbidden without the right to."""
    require(actor, policy.HIDE_BULLETIN, bulletin)
    bulletin.hide(actor.own_id, reason)


@command
def restore(actor: Actor, bulletin: Bulletin) -> None:
    require(actor, policy.RESTORE_BULLETIN, bulletin)
    bulletin.show()


def post_each(actor: Actor, entries: Sequence[Entry], *, is_of_version: bool) -> None:
    """Say where several actions are, inside the command that brings it in one file. Raise what `post` raises."""
    for action, _words in entries:
        require(actor, policy.REPORT_ON, action)
    _write(actor, entries, is_of_version=is_of_version)


def drop(actor: Actor, reasons: Sequence[tuple[Action, str]], *, is_of_version: bool) -> None:
    """Drop the actions that a new version no longer holds, each for its reason, inside the command that publishes it.

    `is_of_version`: that version came in a file.
    """
    entries = [(action, BulletinWords(reason, state="dropped")) for action, reason in reasons]
    _write(actor, [entry for entry in entries if entry[0].state != "dropped"], is_of_version=is_of_version)


def _write(actor: Actor, entries: Sequence[Entry], *, is_of_version: bool = False) -> list[Bulletin]:
    """Write what is said of each action, with all that moves by it; the ideas that feed them then follow once."""
    html = {body: markdown.render(body) for body in {words.body for _action, words in entries}}
    bulletins = [_begin(actor, action, words, html[words.body]) for action, words in entries]
    db.session.add_all(bulletins)
    db.session.flush()
    action_ids = [action.id for action, _words in entries]
    milestones, indicators = queries.get_milestones_by_action(action_ids), queries.get_indicators_by_action(action_ids)
    for (action, words), bulletin in zip(entries, bulletins, strict=True):
        own = milestones.get(action.id, [])
        _tick(own, words, bulletin)
        _measure(indicators.get(action.id, []), words, bulletin)
        _declare(action, own, words)
        _move(action, own, words, bulletin)
    db.session.flush()
    moved = [action for (action, _words), bulletin in zip(entries, bulletins, strict=True) if bulletin.has_moved]
    applying.sync_threads(moved)
    update_ideas_of(actor, moved)
    for (_action, words), bulletin in zip(entries, bulletins, strict=True):
        figures = len(words.measurements) + (words.progress is not None)
        tell(BulletinPosted(bulletin.id, is_of_version, reopened=len(words.reopened), figures=figures))
    return bulletins


def _begin(actor: Actor, action: Action, words: BulletinWords, html: str) -> Bulletin:
    if not words.body.strip():
        raise Invalid(SAID_NOTHING, "body")
    return Bulletin(
        action_id=action.id,
        author_id=actor.own_id,
        at=clock.now(),
        body=words.body,
        body_html=html,
        renderer=markdown.VERSION,
        blocker=words.blocker.strip(),
        lang=words.lang,
        state_before=action.state,
        state=action.state,
        percent=0,
    )


def _tick(milestones: Sequence[Milestone], words: BulletinWords, bulletin: Bulletin) -> None:
    """Tick milestones, and take back those that were ticked by mistake."""
    by_id = {milestone.id: milestone for milestone in milestones}
    for milestone_id in words.reopened:
        milestone = _own(by_id, milestone_id)
        milestone.reached_on = milestone.bulletin_id = None
        milestone.proof = milestone.proof_url = ""
    for completion in words.completions:
        milestone = _own(by_id, completion.milestone_id)
        if milestone.is_reached:
            raise Invalid(IS_REACHED, "reached")
        if not completion.proof.strip():
            raise Invalid(NO_PROOF, "reached")
        milestone.reached_on, milestone.bulletin_id = _past(completion.on), bulletin.id
        milestone.proof, milestone.proof_url = completion.proof, completion.url


def _own(milestones: dict[int, Milestone], milestone_id: int) -> Milestone:
    if milestone_id not in milestones:
        raise Invalid(NOT_ITS_OWN, "reached")
    return milestones[milestone_id]


def _measure(indicators: Sequence[Indicator], words: BulletinWords, bulletin: Bulletin) -> None:
    ids = {indicator.id for indicator in indicators}
    for measurement in words.measurements:
        if measurement.indicator_id not in ids:
            raise Invalid(NOT_ITS_OWN, "values")
        db.session.add(
            IndicatorValue(
                indicator_id=measurement.indicator_id,
                bulletin_id=bulletin.id,
                measured_on=_past(measurement.on),
                value=measurement.value,
            )
        )


def _declare(action: Action, milestones: Sequence[Milestone], words: BulletinWords) -> None:
    if words.progress is None:
        return
    if milestones:
        raise Invalid(HAS_MILESTONES, "progress")
    action.progress = words.progress


def _move(action: Action, milestones: Sequence[Milestone], words: BulletinWords, bulletin: Bulletin) -> None:
    """Bring the action to the state that was chosen, or that follows from its milestones."""
    tally = tallies.count_milestones(milestones)
    state = words.state or action.state
    if not words.state and state == "planned" and words.completions:
        state = "underway"
    if state == "achieved" and tally.reached < tally.count:
        if words.state:
            raise Invalid(NOT_ALL, "state")
        state = "underway"
    if state == "achieved" and not tally.count:
        action.progress = 100
    action.moved_at = bulletin.at
    if state != action.state:
        action.state, action.state_at = state, bulletin.at
    bulletin.state, bulletin.percent = state, percent(tally.progress(action.progress))


def _past(day: date) -> date:
    if day > clock.today():
        raise Invalid(TO_COME, "on")
    return day
