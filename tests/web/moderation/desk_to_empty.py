"""A desk to empty: two things of each kind in each queue, whose reader is the coordination."""

from datetime import timedelta

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import Profile, User
from app.core import clock
from app.ideas.models import Answer
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, Report
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover, MoveRequest
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import ELSEWHERE, HERE


def build(make: Make) -> User:
    """Put two things of each kind in each queue; return who coordinates."""
    plans = MakePlan(make)
    make.user("Chantal Perdrix", email="chantal@example.org")
    actions = plans.actions(plans.plan(*(action_of(f"Une tournée {n}", 2) for n in range(4))))
    colleague, room = make.user("Coline", facilitates=[HERE]), make.room(HERE)
    for n in range(2):
        author = make.user(f"Rose {n}")
        late = make.at(
            make.idea(author, HERE, title=f"En retard {n}", body="Un premier besoin.\n\nUn autre besoin, aussi."),
            status_at=clock.ago(days=31 + n),
        )
        make.idea(author, HERE, "pending", title=f"Une première {n}", suspect="first")
        make.comment(late, make.user(f"Nina {n}"), f"Un premier mot {n}.", status="pending", suspect="first")
        make.comment(late, author, f"Pas encore lu {n}.")
        make.add(
            Profile(
                author_id=make.user(f"Max {n}").id,
                name="Mot",
                hidden_at=clock.now(),
                hidden_reason="x",
                changed_at=clock.now(),
            )
        )
        case = make.add(Case(idea_id=late.id, community_id=room.id))
        make.add(Report(case_id=case.id, user_id=author.id, reason="spam"))
        measure = make.add(
            Measure(kind="warn", by_id=colleague.id, user_id=author.id, community_id=room.id, reason="Non")
        )
        make.add(Appeal(measure_id=measure.id, user_id=author.id, words="On m'a lue de travers."))
        make.add(
            Answer(
                idea_id=make.idea(author, HERE).id,
                status="retained",
                reason="Nous la retenons.",
                by_id=colleague.id,
                asked_at=clock.now(),
            )
        )
        offered = make.idea(author, ELSEWHERE, title=f"Offerte {n}")
        make.add(
            Handover(
                idea_id=offered.id, from_id=offered.community_id, to_id=room.id, reason="À vous.", by_id=colleague.id
            )
        )
        asked = make.idea(author, HERE, title=f"Mieux ailleurs {n}")
        make.add(
            MoveRequest(idea_id=asked.id, to_id=make.room(ELSEWHERE).id, reason="Ce n'est pas ici.", by_id=author.id)
        )
        make.add(
            HeldRevision(
                idea_id=asked.id,
                by_id=author.id,
                state="open",
                suspect="new words",
                words={"title": "Un autre titre", "body": asked.body, "summary": "", "tags": []},
            )
        )
        make.restriction(make.user(f"Zoé {n}"), kind="freeze")
        make.at(make.idea(author, HERE, "retained", title=f"Endormie {n}"), status_at=clock.ago(days=91))
        make.idea(author, HERE, "planned", title=f"Sans action {n}")
        make.idea(author, community_id=None, title=f"Sans communauté {n}")
        plans.link(actions[2], make.idea(author, HERE, "retained", title=f"À lier {n}"), answer=None)
        plans.link(actions[3], make.idea(author, HERE, "retained", title=f"Revenue {n}"))
        make.at(actions[n], ends_on=clock.today() - timedelta(9 + n))
        plans.holder(actions[n], author)
        session = session_in(make, phase="closed", room=room)
        publish_in(make, session)
        line_in(make, session, f"En retard {n}")
    plans.say(actions[3], "Faute de moyens.", state="dropped")
    return plans.boss
