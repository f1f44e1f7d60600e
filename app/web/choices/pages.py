"""Convergence: the ballot of a participant, all of it in one form; then what was counted, and the ballots of nobody."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.choices import policy
from app.choices.models import Choice
from app.choices.queries import choices as queries
from app.choices.service import ballots as service
from app.core.errors import N_
from app.exchange import sheets
from app.forms.base import Form
from app.forms.choices import BallotForm
from app.forum.participants import Participant
from app.web.choices import candidates, counted
from app.web.choices.bp import bp
from app.web.choices.candidates import Candidate
from app.web.forum import live
from app.web.forum.participants import PARTICIPANT
from app.web.frame import files
from app.web.frame.attempt import attempt
from app.web.frame.filters import person
from app.web.frame.form_limits import counted_by_service
from app.web.frame.responses import done, is_htmx, refuse, render
from app.web.frame.routes import public
from app.web.frame.session import me

CONVERGENCE = "/forums/<id:forum_id>/convergence"
PAGE = "choices/show.html"
# A dot of somebody's, as the purse shows it.
PLACED, LEFT = "○", "●"
WAS_IN = N_("Le choix est fermé, et ces pastilles étaient déjà enregistrées : elles comptent.")
LATE = N_("Le forum n'en est plus à la convergence : vos pastilles restent comme vous les aviez enregistrées.")


@bp.get(CONVERGENCE)
@public(policy.READ, of=PARTICIPANT)
def show(who: Participant) -> str:
    if is_htmx():
        return render("choices/_show_part.html", **_describe_part(who, queries.find_choice(who.forum.id)))
    return render(PAGE, **describe(who))


def _describe_part(who: Participant, choice: Choice | None) -> dict[str, Any]:
    """Return what of the page everybody sees change: how many placed their dots, and where the choice stands."""
    return {
        "forum": who.forum,
        "event": who.forum.event,
        "choice": choice,
        "decided": queries.count_decisions(choice.id) if choice and choice.is_counted else 0,
        "live": live.describe(who.forum, "show"),
    }


def describe(who: Participant, refused: Form | None = None) -> dict[str, Any]:
    """Return what the page shows; `refused` is a form that was sent, with what was typed in it."""
    choice = queries.find_choice(who.forum.id)
    found = candidates.tell(who, queries.list_candidates(choice.id)) if choice else []
    return {
        **_describe_part(who, choice),
        "who": who,
        "candidates": found,
        "form": refused,
        "team": _describe_team(who, choice),
        **(_describe_own(who, choice, found, refused) if choice and not choice.is_counted else {}),
        **(_describe_counted(choice, found) if choice and choice.is_counted else {}),
    }


def _describe_team(who: Participant, choice: Choice | None) -> dict[str, Any] | None:
    """Return what the team is shown of a choice on its way; None to everybody else."""
    if not policy.RUN.permits(me(), who):
        return None
    paper = queries.find_paper(choice.id) if choice and choice.is_stopped else None
    return {"paper": paper, "is_own": bool(paper and paper.typed_by == me().id)}


def _describe_own(who: Participant, choice: Choice, found: Sequence[Candidate], refused: Form | None) -> dict[str, Any]:
    """Return what somebody placed, and their ballot while they may change it; a form has a token, for them alone."""
    own, typed = queries.get_ballot(choice.id, who.registration), isinstance(refused, BallotForm)
    if not choice.is_open or not (typed or policy.CAST.permits(me(), who)):
        return {"ballot": None, "own": own}
    placed = [own.get(one.row.id, 0) for one in found]
    form = refused if typed else BallotForm.of([one.text for one in found], placed).at(choice)
    left = choice.dots - sum(placed)
    return {"ballot": form, "own": own, "left": left, "purse": PLACED * (choice.dots - left) + LEFT * left}


def _describe_counted(choice: Choice, found: Sequence[Candidate]) -> dict[str, Any]:
    told = counted.order(choice, found)
    named = queries.name_people([choice.paper_typed_by, choice.paper_confirmed_by])
    return {
        "ranked": told.ranked,
        "most": told.most,
        "ballots": counted.tell_ballots(told),
        "has_ballots": choice.keeps_ballots,
        "counters": [person(user) for user in named.values()],
    }


@bp.post(f"{CONVERGENCE}/ballot")
@public(
    policy.CAST,
    of=PARTICIPANT,
    late=[policy.is_converging],
    limit=counted_by_service("press"),
    form_on="choices.show",
)
def cast(who: Participant) -> str | Response:
    """Place the dots of a person anew, as they are typed; the press of a button places one, or takes one off."""
    choice = queries.find_choice(who.forum.id)
    if choice is None:
        return done(url_for(".show", forum_id=who.forum.id), _(service.TAKEN_BACK), "warning")
    found = candidates.tell(who, queries.list_candidates(choice.id))
    form, forum_id = BallotForm.of([one.text for one in found]), who.forum.id
    place = f"candidate-{found[n].row.id}" if (n := form.read_press()) is not None else "ballot"
    outcome = attempt(form, lambda: service.cast(me(), who, form.placed(), form.opened.data or ""), late=LATE)
    choice, url = queries.find_choice(forum_id), url_for(".show", forum_id=forum_id, _anchor=place)
    if choice is None or form.is_of_another(choice):
        # What was typed is about other candidates.
        return done(url, _(service.TAKEN_BACK), "warning")
    if outcome.code:
        return refuse(PAGE, code=outcome.code, **describe(PARTICIPANT.again(policy.READ), form))
    if choice.is_stopped:
        return done(url, _(WAS_IN))
    left = outcome.result
    said = (
        ngettext("Enregistré. Il vous reste %(num)s pastille.", "Enregistré. Il vous reste %(num)s pastilles.", left)
        if left
        else _("Enregistré. Toutes vos pastilles sont posées.")
    )
    return done(url, said)


@bp.get(f"{CONVERGENCE}/ballots.csv")
@public(policy.READ, of=PARTICIPANT)
def ballots_csv(who: Participant) -> Response:
    """Give the ballots that name nobody, where they are enough, and the totals; before the count, nothing."""
    choice = queries.get_counted(who.forum.id)
    found = candidates.tell(who, queries.list_candidates(choice.id))
    ids = [one.row.id for one in found]
    rows = [["", *(one.text for one in found)]]
    rows += [
        [_("Bulletin"), *(str(ballot.get(number, 0)) for number in ids)] for ballot in queries.list_ballots(choice.id)
    ]
    if choice.is_apart:
        rows.append([_("Total en ligne"), *(str(one.row.placed) for one in found)])
        rows.append([_("Total sur papier"), *(str(one.row.on_paper) for one in found)])
    else:
        rows.append([_("Total"), *(str(one.row.total) for one in found)])
    return files.send(sheets.csv_lines(rows), f"convergence-{who.forum.id}", "csv")
