"""The choice of a forum: open where the forum converges, counted where it is closed; elsewhere there is none.

`member` and `author` have a place where people write.
"""

from dataclasses import replace
from typing import Any

from app.choices.models import ChoiceCandidate
from app.choices.queries import choices as queries
from app.core.actor import ANYONE, Actor
from app.forum import policy
from app.forum.participants import Participant
from app.forum.queries import forums
from tests.choices.stored import choice_in
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in
from tests.matrix import ON_PAGE, TEAM, Row, closed_form, form, late
from tests.support.clock import LONG_AGO
from tests.support.law import EVERYONE
from tests.support.world import HERE
from tests.web.forum.matrix import FORUM, SEEN
from tests.web.forum.matrix_pass import read

CONVERGENCE = f"{FORUM}/convergence"
DECISION = f"{CONVERGENCE}/candidates/<id:candidate_id>/decision"
NOWHERE = "draft published closed cancelled hidden deleted private"
LATE = "draft published closed cancelled hidden"
OPENED, PLACED, PAPER = (
    {"typed": "Un four\nUn bail", "dots": "5", "most_on_one": "3"},
    {"dots-0": "1"},
    {"ballots": "0"},
)
DECIDED = {"decision": "On essaie."}
SHOWN = "tests/web/choices/test_convergence.py"
PAGES_OF_TEAM = ("stopping", "deletion")


ROUTES = [
    *read(CONVERGENCE, 200),
    # It has a choice already.
    Row(f"GET {CONVERGENCE}/opening", "convergence", f"303 anyone {TEAM}; 404 *"),
    # Somebody else opened it: what one typed is kept. So it is where the phase is another by now.
    Row(f"POST {CONVERGENCE}/opening", "convergence", f"401 anyone; 409 {TEAM}; 404 *", data=OPENED),
    *late(f"{CONVERGENCE}/opening", LATE, TEAM, OPENED),
    *late(f"{CONVERGENCE}/opening", "private", "coordinator", OPENED),
    *closed_form(f"{CONVERGENCE}/opening", "deleted", OPENED),
    Row(
        f"POST {CONVERGENCE}/ballot",
        "convergence",
        "303 member author; 404 *",
        "choice_dots choice_folds choices",
        PLACED,
    ),
    # Whoever has a place where no choice is open is told so.
    Row(f"POST {CONVERGENCE}/ballot", "published", "303 member author; 404 *", data=PLACED),
    Row(f"POST {CONVERGENCE}/ballot", "draft closed cancelled hidden deleted private", "404 *", data=PLACED),
    *form(f"{CONVERGENCE}/stopping", "convergence", TEAM, "choices"),
    # It is not stopped.
    Row(f"GET {CONVERGENCE}/counting", "convergence", f"303 anyone {TEAM}; 404 *"),
    Row(f"POST {CONVERGENCE}/counting", "convergence", f"401 anyone; 303 {TEAM}; 404 *"),
    *form(f"{CONVERGENCE}/deletion", "convergence", TEAM, "choices choice_candidates"),
    *(row for page in (*PAGES_OF_TEAM, "counting") for row in closed_form(f"{CONVERGENCE}/{page}", NOWHERE)),
    Row(f"GET {CONVERGENCE}/paper", "convergence", f"303 anyone {TEAM}; 404 *"),
    Row(f"POST {CONVERGENCE}/paper", "convergence", f"401 anyone; 409 {TEAM}; 404 *", data=PAPER),
    # One choice was counted; elsewhere there is none.
    *late(f"{CONVERGENCE}/paper", "closed", TEAM, PAPER),
    Row(f"GET {CONVERGENCE}/paper", "draft published cancelled hidden deleted private", "303 anyone; 404 *"),
    Row(f"POST {CONVERGENCE}/paper", "draft published cancelled hidden", f"401 anyone; 303 {TEAM}; 404 *", data=PAPER),
    Row(f"POST {CONVERGENCE}/paper", "private", "401 anyone; 303 coordinator; 404 *", data=PAPER),
    Row(f"POST {CONVERGENCE}/paper", "deleted", "401 anyone; 404 *", data=PAPER),
    Row(f"GET {CONVERGENCE}/paper/confirmation", "convergence", f"303 anyone {TEAM}; 404 *"),
    Row(f"GET {CONVERGENCE}/paper/confirmation", NOWHERE, "303 anyone; 404 *"),
    Row(f"POST {CONVERGENCE}/paper/confirmation", "convergence", f"401 anyone; 303 {TEAM}; 404 *"),
    Row(f"POST {CONVERGENCE}/paper/confirmation", NOWHERE, "401 anyone; 404 *"),
    # What was counted stands in a forum that is closed.
    Row(f"GET {DECISION}", "closed", "303 anyone; 200 coordinator; 404 *"),
    Row(
        f"POST {DECISION}",
        "closed",
        "401 anyone; 303 coordinator; 409 facilitator; 404 *",
        "choice_candidates",
        DECIDED | ON_PAGE,
    ),
    *closed_form(DECISION, "draft published convergence cancelled hidden deleted private", DECIDED),
    Row(f"GET {CONVERGENCE}/ballots.csv", "closed", "200 *"),
    Row(f"GET {CONVERGENCE}/ballots.csv", "draft published convergence cancelled hidden deleted private", "404 *"),
]
FORMLESS = {
    f"POST {CONVERGENCE}/opening": f"the choice of the square is open: {SHOWN}",
    f"POST {CONVERGENCE}/paper": f"the choice of the square is open: {SHOWN}",
    f"POST {CONVERGENCE}/paper/confirmation": f"nobody typed paper on the square: {SHOWN}",
}
LAW = {
    "participant where a forum converges": {
        "choice:read": EVERYONE,
        "choice:cast": "member author",
        "choice:run": TEAM,
        "choice:decide": TEAM,
    }
}
VARIABLES = {"candidate_id": lambda world, _state: world.candidate_id}
NEEDED = {
    "choices": {"state": "open", "dots": 5, "most_on_one": 3, "voters_count": 0, "paper_ballots": 0},
    "choice_candidates": {"text": "Un four"},
    "choice_dots": {"dots": 1},
    "choice_papers": {"typed_by": 1},
}


def subject(make: Any, people: dict[str, Actor], _name: str) -> Any:
    """Return who each person is in a forum that converges, where `member` and `author` have a place."""
    forum = forum_in(make, event=event_in(make, room=make.room(HERE)), phase="convergence")
    places = {people[who].id: place_in(make, forum, user_id=people[who].id) for who in ("member", "author")}
    found = Participant(forums.get_forum(ANYONE, forum.id, policy.READ))
    return lambda actor: replace(found, registration=places.get(actor.id))


def add(make: Any, world: Any) -> None:
    """A choice that is open, and one that was counted."""
    choice_in(make, world.forums["convergence"], ("Un choix canari-choix-convergence", "Un four"))
    counted = {"state": "counted", "stopped_at": LONG_AGO, "counted_at": LONG_AGO}
    choice = choice_in(make, world.forums["closed"], ("Un choix canari-choix-closed",), **counted)
    make.at(queries.list_candidates(choice.id)[0], placed=0, on_paper=0)
    world.candidate_id = make.add(
        ChoiceCandidate(choice_id=choice.id, position=1, text="Un bail", placed=2, on_paper=0, decision="On essaie.")
    ).id


def _pages(square: Any, state: str, *ends: str) -> list[str]:
    return [f"/forums/{square.forums[state].id}/convergence{end}" for end in ends]


PAGES = {
    "anyone": lambda square: [page for state in SEEN.split() for page in _pages(square, state, "")],
    "member": lambda square: _pages(square, "convergence", ""),
    "facilitator": lambda square: _pages(square, "convergence", "", *(f"/{page}" for page in PAGES_OF_TEAM)),
    "coordinator": lambda square: _pages(square, "closed", f"/candidates/{square.candidate_id}/decision"),
}
