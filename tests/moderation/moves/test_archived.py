"""What was offered, moved or drafted before a community was archived does not enter it afterwards."""

import pytest
from sqlalchemy import select

from app.communities import service as communities
from app.communities.queries import get_rooms
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.ideas import publishing, writing
from app.ideas.models import Idea
from app.moderation.measures.models import Measure
from app.moderation.merges import service as merges
from app.moderation.moves.models import Handover
from app.moderation.moves.service import handovers, moves
from app.updates import service as updates
from tests.moderation.gestures import WHY, last_measure, undo
from tests.moderation.merges.test_splits import BODY, PART
from tests.support.rows import last
from tests.support.world import ELSEWHERE, HERE


@pytest.fixture
def archive(make, people):
    def close(slug):
        communities.archive(people["coordinator"], make.room(slug))
        db.session.rollback()

    return close


def test_an_offer_is_not_accepted_there_but_returned(make, people, sign_in, archive):
    idea, team = make.idea(community=HERE), make.user(facilitates=[ELSEWHERE])
    handovers.offer(people["facilitator"], idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
    browser = sign_in(team)
    page = browser.get(f"/moderation/handovers/{last(Handover).id}")
    archive(ELSEWHERE)
    late = browser.submit(page, "form.form", button="accept", words="Merci bien.")
    assert late.status_code == 409 and "a été archivée depuis" in late.soup.select_one(".error-summary").get_text()
    assert late.soup.select_one("#words").get_text().strip() == "Merci bien."
    assert last(Handover).state == "open" and last(Idea).community_id == make.room(HERE).id
    page = browser.get(f"/moderation/handovers/{last(Handover).id}")
    assert "a été archivée depuis" in page.words and not page.soup.select('button[value="accept"]')
    assert browser.submit(page, "form.form", button="return", words="Nous fermons.").status_code == 303
    assert last(Handover).state == "returned"


@pytest.mark.parametrize("kind", ["move", "hand_over"])
def test_undoing_a_move_leads_into_no_archived_community_and_says_so(make, people, sign_in, archive, kind):
    idea, both = make.idea(community=HERE), make.user(facilitates=[HERE, ELSEWHERE])
    if kind == "move":
        moves.move_idea(make.actor(both), idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
    else:
        offer = handovers.offer(people["facilitator"], idea, get_rooms().by_slug[ELSEWHERE], reason=WHY)
        handovers.accept(make.actor(both), idea, offer)
    browser, path = sign_in(both), f"/measures/{last_measure().id}/undoing"
    page = browser.get(path)
    archive(HERE)
    late = browser.submit(page, "form.form", reason=WHY)
    assert late.status_code == 409 and "a été archivée depuis" in late.soup.select_one(".error-summary").get_text()
    answer = browser.get(path)
    assert "a été archivée depuis" in answer.words and not answer.soup.select("main form.form")
    assert answer.soup.select_one(f'main a[href="/ideas/{idea.id}/move"]')
    assert last(Idea).community_id == make.room(ELSEWHERE).id and len(db.session.scalars(select(Measure)).all()) == 1
    communities.unarchive(people["coordinator"], make.room(HERE))
    undo(make.actor(both))
    assert last(Idea).community_id == make.room(HERE).id


def test_nothing_new_begins_in_an_archived_community_by_any_act(make, people, sign_in, archive):
    author, coordinator = make.user(), people["coordinator"]
    draft, other = (
        make.idea(author, HERE, "draft", title="Un brouillon gardé longtemps"),
        make.idea(community=ELSEWHERE),
    )
    origin = make.idea(community=HERE, body=BODY)
    before = get_rooms().by_slug[HERE]
    archive(HERE)
    for act in (
        lambda: publishing.publish(make.actor(author), draft),
        lambda: publishing.draft(make.actor(author), writing.IdeaWords("Un titre", "Un texte", community_id=before.id)),
        lambda: moves.move_idea(coordinator, other, before, reason=WHY),
        lambda: handovers.offer(coordinator, other, before, reason=WHY),
        lambda: merges.split(coordinator, origin, **PART),
    ):
        with pytest.raises((Invalid, Conflict)):
            act()
        db.session.rollback()
    with pytest.raises(Forbidden):
        updates.publish(coordinator, get_rooms().by_slug[HERE], title="Un titre", body="Un texte")
    page = sign_in(author).forge(f"/ideas/{draft.id}/publication")
    assert page.status_code == 422 and page.soup.select_one("#community-error, .error-summary")
    assert [idea.status for idea in db.session.scalars(select(Idea).order_by(Idea.id))] == [
        "draft",
        "published",
        "published",
    ]
