"""Every act of the team on the choice of a forum: opened, stopped, counted, taken back while nobody placed a dot."""

from collections import defaultdict
from secrets import SystemRandom

from sqlalchemy import delete, exists, select

from app.choices import policy
from app.choices.models import (
    COUNTED,
    OPEN,
    STOPPED,
    Choice,
    ChoiceBallot,
    ChoiceCandidate,
    ChoiceDot,
    ChoiceFold,
    ChoicePaper,
    ChoicePaperSum,
)
from app.choices.queries import choices as queries
from app.choices.service.ballots import fold, hold
from app.choices.sizes import LEAST, MOST
from app.choices.words import ChoiceWords, DecisionWords
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.unit import command
from app.forum.models import Forum
from app.forum.participants import Participant
from app.notes.queries import lines

ALREADY = N_("Ce forum a déjà son choix : le voici.")
FASTER = N_(
    "Une autre personne de l'équipe a ouvert le choix avant vous. Ce que vous aviez écrit est gardé ci-dessous : tant "
    "que personne n'a posé de pastille, le choix se retire, et un autre s'ouvre."
)
BAD_COUNT = N_("On choisit parmi %(least)s à %(most)s propositions : vous en avez gardé %(count)s.")
GONE = N_("Une des lignes que vous aviez cochées n'est plus là : quelqu'un l'a changée ou retirée. Regardez la liste.")
HAS_DOTS = N_("Quelqu'un a déjà posé ses pastilles : le choix ne se retire plus.")
NOT_OPEN = N_("Le choix est déjà fermé.")
NOT_STOPPED = N_("On compte un choix une fois, après l'avoir fermé : regardez où il en est.")
UNCONFIRMED = N_("Les bulletins de papier attendent qu'une autre personne que celle qui les a tapés les confirme.")
OVER = N_("Le forum est clos : ce qui y est décidé se corrige, et rien ne s'y ajoute.")
NOT_COUNTED = N_("On écrit ce qui est décidé après le décompte.")


def _rows(_actor: Actor, who: Participant, *_words: object) -> list[Forum]:
    """Return what an act of the team holds meanwhile: its forum, so that none closes before it."""
    return [who.forum]


@command(also=_rows)
def open_choice(actor: Actor, who: Participant, words: ChoiceWords) -> Choice:
    """Open the choice of a forum. Raise Conflict where it has one, Invalid for too few candidates or too many."""
    require(actor, policy.RUN, who)
    if present := queries.find_choice(who.forum.id):
        raise Conflict(ALREADY if present.opened_by == actor.id else FASTER)
    found = _list_candidates(who.forum.id, words)
    if not LEAST <= len(found) <= MOST:
        raise Invalid(BAD_COUNT, "typed", least=LEAST, most=MOST, count=len(found))
    choice = Choice(id=who.forum.id, dots=words.dots, most_on_one=words.most_on_one, opened_by=actor.own_id)
    db.session.add(choice)
    db.session.flush()
    for position, candidate in enumerate(found):
        candidate.choice_id, candidate.position = choice.id, position
    db.session.add_all(found)
    return choice


def _list_candidates(forum_id: int, words: ChoiceWords) -> list[ChoiceCandidate]:
    """Make the candidates: the lines session by session, then ideas, then what was typed. Raise Conflict."""
    chosen = [(line, topic) for line, topic in lines.list_lines_of_forum(forum_id) if line.id in set(words.lines)]
    if len(chosen) < len(set(words.lines)):
        raise Conflict(GONE)
    said = [
        ChoiceCandidate(text=line.text, lang=line.lang, line_id=line.id, topic_id=topic.id) for line, topic in chosen
    ]
    of_ideas = [ChoiceCandidate(idea_id=idea_id) for idea_id in words.ideas]
    return [*said, *of_ideas, *(ChoiceCandidate(text=text, lang=words.lang) for text in words.typed)]


@command(also=_rows)
def take_back(actor: Actor, who: Participant) -> None:
    """Delete a choice in which nobody placed a dot yet, to open another. Raise Conflict."""
    require(actor, policy.RUN, who)
    choice = hold(who.forum.id)
    ids = queries.list_candidate_ids(choice.id)
    if choice.state != OPEN:
        raise Conflict(NOT_OPEN)
    if db.session.scalar(select(exists().where(ChoiceDot.candidate_id.in_(ids)))):
        raise Conflict(HAS_DOTS)
    erase(choice.id)


def erase(choice_id: int) -> None:
    """Delete a choice with all that hangs on it, where there is one, inside a command."""
    ids = select(ChoiceCandidate.id).where(ChoiceCandidate.choice_id == choice_id)
    for table in (ChoiceDot, ChoicePaperSum, ChoiceBallot):
        run(delete(table).where(table.candidate_id.in_(ids)))
    for of_choice in (ChoicePaper, ChoiceFold, ChoiceCandidate):
        run(delete(of_choice).where(of_choice.choice_id == choice_id))
    run(delete(Choice).where(Choice.id == choice_id))


@command(also=_rows)
def stop(actor: Actor, who: Participant) -> None:
    """Have no ballot change any more. Raise Conflict where it was stopped."""
    require(actor, policy.RUN, who)
    choice = hold(who.forum.id)
    if choice.state != OPEN:
        raise Conflict(NOT_OPEN)
    choice.state, choice.stopped_at = STOPPED, clock.now()
    db.session.flush()
    fold(choice.id)


@command(also=_rows)
def count(actor: Actor, who: Participant) -> None:
    """Sum the dots and take their owners off: what is left is ballots without name, in an order drawn by lot.

    Raise Conflict unless it is stopped, and its paper confirmed.
    """
    require(actor, policy.RUN, who)
    choice = hold(who.forum.id)
    paper = queries.find_paper(choice.id)
    if choice.state != STOPPED:
        raise Conflict(NOT_STOPPED)
    if paper and not paper.confirmed_by:
        raise Conflict(UNCONFIRMED)
    _sum(choice, paper)
    ids = queries.list_candidate_ids(choice.id)
    for table in (ChoiceDot, ChoicePaperSum):
        run(delete(table).where(table.candidate_id.in_(ids)))
    for of_choice in (ChoicePaper, ChoiceFold):
        run(delete(of_choice).where(of_choice.choice_id == choice.id))


def _sum(choice: Choice, paper: ChoicePaper | None) -> None:
    """Write what each candidate has, of the site and of paper, and the ballots once nobody's."""
    ballots: dict[int, dict[int, int]] = defaultdict(dict)
    for registration_id, candidate_id, dots in queries.list_dots(choice.id):
        ballots[registration_id][candidate_id] = dots
    choice.state, choice.counted_at, choice.voters_count = COUNTED, clock.now(), len(ballots)
    if paper:
        choice.paper_ballots, choice.paper_typed_by = paper.ballots, paper.typed_by
        choice.paper_confirmed_by = paper.confirmed_by
    sums = queries.get_paper_sums(choice.id)
    for candidate in queries.list_candidates(choice.id):
        placed, on_paper = sum(one.get(candidate.id, 0) for one in ballots.values()), sums.get(candidate.id, 0)
        candidate.placed, candidate.on_paper = (placed, on_paper) if choice.is_apart else (placed + on_paper, 0)
    db.session.flush()
    # Taken off the totals, ballots that stand one by one would leave those of a few people on paper.
    if choice.keeps_ballots:
        _store_ballots(list(ballots.values()))


def _store_ballots(ballots: list[dict[int, int]]) -> None:
    """Store ballots without whose they are, under numbers and in an order that a lot gives."""
    SystemRandom().shuffle(ballots)
    for number, ballot in enumerate(ballots, start=1):
        for candidate_id in sorted(ballot):
            db.session.add(ChoiceBallot(candidate_id=candidate_id, ballot=number, dots=ballot[candidate_id]))
    db.session.flush()


@command(also=_rows)
def decide(actor: Actor, who: Participant, candidate_id: int, words: DecisionWords) -> None:
    """Write what the circle decided of a candidate. Raise Conflict before the count, or where nothing is added."""
    require(actor, policy.DECIDE, who)
    choice = hold(who.forum.id)
    if choice.state != COUNTED:
        raise Conflict(NOT_COUNTED)
    candidate = queries.get_candidate(choice.id, candidate_id)
    if policy.is_over(actor, who) and not candidate.decision:
        raise Conflict(OVER)
    candidate.decision, candidate.decision_lang, candidate.carried_by = words.text, words.lang, words.carried_by
    candidate.decision_idea_id, candidate.decision_action_id = words.idea_id, words.action_id
    candidate.decided_by, candidate.decided_at = actor.own_id, clock.now()
