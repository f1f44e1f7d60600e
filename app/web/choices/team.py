"""What the team does of a choice, in front of everybody: opens it, stops it, counts it, writes what is decided."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.choices import policy
from app.choices.models import ChoiceCandidate
from app.choices.queries import choices as queries
from app.choices.service import choices as service
from app.choices.service.ballots import TAKEN_BACK
from app.choices.words import ChoiceWords, DecisionWords
from app.core.errors import N_, Invalid
from app.core.text.plain import excerpt
from app.forms.base import Form
from app.forms.choices import ChoiceForm, DecisionForm
from app.forum.participants import Participant
from app.forum.policy import is_running_now
from app.ideas.queries import reading as ideas
from app.notes.queries import lines
from app.plan.queries import actions, concerns
from app.web.choices import candidates
from app.web.choices.bp import bp
from app.web.choices.pages import CONVERGENCE
from app.web.forum.participants import PARTICIPANT
from app.web.frame.attempt import attempt
from app.web.frame.overlaps import add_colleague_changes, attempt_over
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me

BOTH = ["GET", "POST"]
LATE = N_(
    "Le forum n'en est plus à la convergence : rien n'est enregistré. Ce que vous avez écrit est gardé ci-dessous."
)
CLOSED = N_("Le forum est clos : une décision ne s'y écrit plus. La vôtre est gardée ci-dessous, à reprendre ailleurs.")
NO_IDEA = N_("« %(title)s » est une action du plan. On choisit ici parmi des idées : écrivez-la avec vos propres mots.")


def values(who: Participant, **more: Any) -> dict[str, Any]:
    return {"who": who, "forum": who.forum, "event": who.forum.event, **more}


def url(forum_id: int, anchor: str | None = None) -> str:
    return url_for("choices.show", forum_id=forum_id, _anchor=anchor)


@bp.route(f"{CONVERGENCE}/opening", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, late=[policy.is_converging], limit="team")
def open_choice(who: Participant) -> str | Response:
    """Say what one chooses among and with how many dots; then people choose."""
    forum_id = who.forum.id
    form = ChoiceForm().offer(_list_lines(forum_id))
    if not form.is_submitted():
        if queries.find_choice(forum_id):
            return done(url(forum_id), _(service.ALREADY), "warning")
        return render("choices/opening.html", **values(who, form=form))
    outcome = attempt(form, lambda: service.open_choice(me(), who, _read(form)).id, late=LATE)
    present = queries.find_choice(forum_id) if outcome.code == 409 else None
    if present and present.opened_by == me().id:
        return done(url(forum_id), _(service.ALREADY), "warning")
    if outcome.code:
        again = PARTICIPANT.again(policy.READ)
        return refuse(
            "choices/opening.html", code=outcome.code, **values(again, form=form.offer(_list_lines(forum_id)))
        )
    return done(url(forum_id), _("Le choix est ouvert : chacun pose ses pastilles."))


def _list_lines(forum_id: int) -> Sequence[tuple[int, str]]:
    """Return the lines of notes that stand, with the session of each, as they are offered."""
    return [
        (line.id, _("%(line)s (%(session)s)", line=line.text, session=excerpt(topic.title, 60)))
        for line, topic in lines.list_lines_of_forum(forum_id)
    ]


def _read(form: ChoiceForm) -> ChoiceWords:
    """Return what was typed; the ideas that it names are those that this person may read. Raise Invalid."""
    lines, most, ids = (form.ideas.data or "").splitlines(), concerns.MOST, dict[int, None]()
    for start in range(0, len(lines), most):
        found = concerns.parse_concerns(me(), "\n".join(lines[start : start + most]), field="ideas")
        if found.actions:
            raise Invalid(NO_IDEA, "ideas", title=found.actions[0].title)
        ids |= dict.fromkeys(idea.id for idea in found.ideas)
    return form.words(list(ids))


@bp.route(f"{CONVERGENCE}/deletion", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, limit="team")
def take_back(who: Participant) -> str | Response:
    """Say what taking a choice back does, then delete it, where nobody placed a dot."""
    return _press(who, "choices/deletion.html", service.take_back, _("Le choix est retiré : ouvrez-en un autre."))


@bp.route(f"{CONVERGENCE}/stopping", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, limit="team")
def stop(who: Participant) -> str | Response:
    """Say what stopping does, then stop: no dot moves any more."""
    said = _("Le choix est fermé. Tapez les bulletins de papier s'il y en a, puis comptez.")
    return _press(who, "choices/stopping.html", service.stop, said)


@bp.route(f"{CONVERGENCE}/counting", methods=BOTH)
@members(policy.RUN, of=PARTICIPANT, limit="team")
def count(who: Participant) -> str | Response:
    """Say what counting does, then count: totals appear, and no ballot has a name."""
    said = _("C'est compté : voici ce que le cercle a choisi.")
    return _press(who, "choices/counting.html", service.count, said, is_of_stopped=True)


def _press(
    who: Participant, page: str, act: Callable[..., None], said: str, *, is_of_stopped: bool = False
) -> str | Response:
    """Show the page that says what an act does; sent, do it, and say what came of it where the choice is.

    `is_of_stopped` tells that it is done to a choice that is stopped: of another, it has no page.
    """
    form, forum_id = Form(), who.forum.id
    choice = queries.find_choice(forum_id)
    if choice is None:
        return done(url(forum_id), _(TAKEN_BACK), "warning")
    if not form.is_submitted():
        if is_of_stopped and not choice.is_stopped:
            return done(url(forum_id), _(service.NOT_STOPPED), "warning")
        return render(page, **values(who, form=form, choice=choice))
    outcome = attempt(form, lambda: act(me(), who))
    if outcome.code:
        return done(url(forum_id), "; ".join(map(str, form.form_errors)), "warning")
    return done(url(forum_id), said)


@bp.route(f"{CONVERGENCE}/candidates/<id:candidate_id>/decision", methods=BOTH)
@members(policy.DECIDE, of=PARTICIPANT, late=[is_running_now], limit="team")
def decide(who: Participant, candidate_id: int) -> str | Response:
    """Write what the circle decided of a candidate that was counted."""
    forum_id = who.forum.id
    row = queries.get_candidate(queries.get_counted(forum_id).id, candidate_id)
    form = DecisionForm()
    if not form.is_submitted():
        return render("choices/decision.html", **values(who, form=_fill(row), candidate=candidates.tell(who, [row])[0]))

    def present() -> DecisionForm:
        return _fill(queries.get_candidate(forum_id, candidate_id))

    def write() -> None:
        service.decide(me(), who, candidate_id, _read_decision(form, row))

    outcome = attempt_over(form, who.forum, present, write, late=CLOSED)
    if outcome.code:
        again = PARTICIPANT.again(policy.READ)
        one = candidates.tell(again, [queries.get_candidate(forum_id, candidate_id)])[0]
        return refuse("choices/decision.html", code=outcome.code, **values(again, form=form, candidate=one))
    said = add_colleague_changes(_("La décision est écrite."), form)
    return done(url(forum_id, f"candidate-{candidate_id}"), *outcome.describe(said))


def _fill(row: ChoiceCandidate) -> DecisionForm:
    return DecisionForm.of(row, concerns.format_concerns(_find_linked(row)))


def _find_linked(row: ChoiceCandidate) -> concerns.Concerns:
    """Return what a decision is linked to, as far as its reader may read it."""
    found = concerns.Concerns()
    if row.decision_idea_id:
        found.add(ideas.get_ideas(me(), [row.decision_idea_id], []).get(row.decision_idea_id), None)
    if row.decision_action_id:
        found.add(None, actions.get_actions(me(), [row.decision_action_id], []).get(row.decision_action_id))
    return found


def _read_decision(form: DecisionForm, row: ChoiceCandidate) -> DecisionWords:
    """Return what was typed; what it links to that this person may not read stays where they name nothing else."""
    present = _find_linked(row)
    found = concerns.parse_concerns(me(), form.link.data or "", present, field="link")
    if found or present:
        idea, action = next(iter(found.ideas), None), next(iter(found.actions), None)
        return form.words(idea.id if idea else None, action.id if action else None)
    return form.words(row.decision_idea_id, row.decision_action_id)
