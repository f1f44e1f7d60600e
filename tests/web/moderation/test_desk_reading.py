"""How far a team has read: marked from the desk, for each community, never back nor ahead."""
from sqlalchemy import func, select

from app.core.db import db
from app.desk.models import ReadMark
from tests.support.world import HERE
from tests.web.moderation.test_desk import DESK, ELSEWHERE, name, read_counts, slot_ids


def test_comments_are_marked_read_up_to_the_last_that_was_shown(team, make):
    idea = make.idea(community=HERE)
    for n in range(22):
        make.comment(idea, body=f"Le mot numéro {n}.")
    page = team.get(f"{DESK}?queue=unread")
    later = make.comment(idea, body="Arrivé pendant la lecture.")
    answer = team.submit(page, ".desk-reading form")
    assert answer.headers["Location"] == "/moderation?queue=unread&at=list-0"
    page = team.get(answer.headers["Location"])
    assert read_counts(page)[name("unread")] == 3 and f"item-comment-{later.id}" in slot_ids(page)
    page = team.submit(page, ".desk-reading form", follow=True)
    assert read_counts(page)[name("unread")] == 0


def test_a_mark_never_goes_back_nor_ahead_of_what_was_said(team, fae, make):
    idea = make.idea(community=HERE)
    first, last = make.comment(idea), make.comment(idea)
    elsewhere = make.comment(make.idea(community=ELSEWHERE))
    for upto, mark_id in ((last.id, last.id), (first.id, last.id), (2**31 - 1, last.id)):
        assert team.forge(f"{DESK}/{HERE}/reading", upto=upto).headers["Location"] == f"/moderation/{HERE}?queue=unread"
        assert mark(idea.community_id) == mark_id
    for wrong in ("0", "-1", "x", "", 2**31):
        assert team.forge(f"{DESK}/{HERE}/reading", upto=wrong).status_code == 400
    assert team.forge(f"{DESK}/{ELSEWHERE}/reading", upto=elsewhere.id).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(ReadMark)) == 1


def mark(community_id):
    db.session.rollback()
    return db.session.scalar(select(ReadMark.comment_id).where(ReadMark.community_id == community_id))


def test_several_communities_are_read_each_by_its_own_press(fae, make, team):
    make.facilitator(fae, ELSEWHERE)
    for room in (HERE, ELSEWHERE):
        make.comment(make.idea(community=room))
    page = team.get(f"{DESK}?queue=unread")
    assert [form["action"] for form in page.soup.select(".desk-reading form")] == [f"/moderation/{room}/reading" for room in (HERE, ELSEWHERE)]
    assert [link["href"] for link in page.soup.select(".tabs")[0].select("a")] == [
        "/moderation?queue=unread", f"/moderation/{HERE}?queue=unread", f"/moderation/{ELSEWHERE}?queue=unread"]
    team.submit(page, f"form[action$='{HERE}/reading']")
    assert read_counts(team.get(DESK))[name("unread")] == 1
    assert read_counts(team.get(f"{DESK}/{HERE}"))[name("unread")] == 0
