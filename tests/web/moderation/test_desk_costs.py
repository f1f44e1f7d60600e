"""What the desk costs: as much for twenty things as for one, and few queries.

A desk asks one query for all of its counts and one for the page of its queue; then one for each kind of thing on it,
and one more where things are in somebody's hands, or reported for several reasons. What is near a first post is asked
for apart.
The page of an idea costs its team more than a member: the draft of the answer, the offer that waits, the team's people,
its notes. So does the page of a case: the team's people, its replies.
"""

from datetime import timedelta

from app.accounts.models.changes import HeldRevision
from app.core import clock
from app.core.unit import unit
from app.desk.models import Assignment, Note, SavedReply
from app.desk.queries.queues import QUEUES
from app.ideas.models import Answer
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, Report
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.make_plan import action_of
from tests.support.queries import cost, costs_alike
from tests.support.world import HERE

DESK, TEAM_PAGE, CASE_PAGE = 9, 15, 13


@unit()
def fill(make, fae, rounds):
    """Put as many more things in every queue, some of them in somebody's hands: in one transaction."""
    there = make.room("transport-collectif").id
    for _round in range(rounds):
        author, other = make.user(), make.user()
        idea = make.idea(author, HERE, "pending", suspect="first")
        make.add(Assignment(idea_id=idea.id, user_id=fae.id, by_id=fae.id))
        late = make.at(make.idea(author, HERE), status_at=clock.ago(days=99))
        make.at(make.idea(author, HERE, "retained"), status_at=clock.ago(days=99))
        make.comment(late, author, status="pending")
        comment = make.comment(late, author)
        case = make.add(Case(comment_id=comment.id, community_id=late.community_id))
        for user, why in ((author, "spam"), (other, "insult")):
            make.add(Report(case_id=case.id, user_id=user.id, reason=why))
        make.add(Assignment(case_id=case.id, user_id=fae.id, by_id=fae.id))
        measure = make.add(
            Measure(kind="hide", comment_id=comment.id, by_id=other.id, community_id=late.community_id, reason="x")
        )
        make.add(Appeal(measure_id=measure.id, user_id=author.id, words="On m'a lue de travers."))
        make.add(Answer(idea_id=late.id, status="retained", reason="Oui.", by_id=other.id, asked_at=clock.now()))
        offered_idea = make.idea(author, "transport-collectif")
        make.add(
            Handover(idea_id=offered_idea.id, from_id=there, to_id=late.community_id, reason="À vous", by_id=other.id)
        )
        for subject in ({"idea_id": late.id}, {"comment_id": make.comment(late, author).id}, {"user_id": author.id}):
            make.add(
                HeldRevision(
                    by_id=author.id,
                    state="open",
                    suspect="new links:1",
                    **subject,
                    words={"about": "a.org"}
                    if "user_id" in subject
                    else {"title": "Un autre titre", "body": "Un autre texte", "summary": "", "tags": []},
                )
            )
        make.restriction(author, kind="freeze")
        make.add(SavedReply(community_id=late.community_id, title="Oui", body="Oui.", by_id=fae.id))
        make.add(Note(idea_id=1, body="Une note", by_id=other.id))
        make.facilitator(make.user(), HERE)
        session = session_in(make, phase="closed", room=make.room(HERE))
        publish_in(make, session)
        line_in(make, session, "Un répit de nuit")


def test_the_desk_costs_little_and_as_much_for_twenty_things_as_for_one(make, fae, team):
    idea = make.idea(community=HERE)
    pages = {
        path: DESK
        for path in (
            "/moderation",
            f"/moderation/{HERE}",
            "/moderation?mine=1",
            f"/moderation/{HERE}/replies",
            "/ideas/1/notes",
            *(f"/moderation?queue={queue}" for queue in QUEUES if queue not in ("orphans", "late")),
        )
    }
    pages |= {
        f"/ideas/1-{idea.slug}": TEAM_PAGE,
        "/moderation/cases/1": CASE_PAGE,
        "/ideas/1/status": DESK,
        "/ideas/1/hiding": DESK,
    }

    fill(make, fae, 1)
    first = {path: cost(team, path) for path in pages}
    assert {path: found for path, found in first.items() if found > pages[path]} == {}
    fill(make, fae, 19)
    # A page that is full of ideas has no comment to read: it may cost less, never more.
    later = {path: cost(team, path) for path in pages}
    assert {path: found for path, found in later.items() if found > first[path]} == {}
    assert sum(later.values()) >= sum(first.values()) - 3


def test_a_coordinator_pays_the_same_for_every_community(make, sign_in, fae):
    browser = sign_in(make.user(role="coordinator"))
    fill(make, fae, 1)
    make.idea(community_id=None)

    def more(times):
        for n in range(times):
            make.idea(make.user(), make.community(slug=f"communaute-de-plus-{times}-{n}"), "pending")

    costs_alike(more, *((browser, f"/moderation?queue={queue}") for queue in QUEUES), most=DESK)


def test_late_actions_cost_the_same_for_one_and_for_twenty(plans, make, sign_in):
    plan = plans.plan(*(action_of(f"Une action {n}", 2) for n in range(21)))
    actions, boss = iter(plans.actions(plan)), sign_in(plans.boss)

    def fill_late(times):
        for _n in range(times):
            action = make.at(next(actions), ends_on=clock.today() - timedelta(3))
            plans.holder(action)

    costs_alike(fill_late, (boss, "/moderation?queue=late"), most=10)
