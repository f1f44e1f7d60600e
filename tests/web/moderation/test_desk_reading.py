"""How far a team has read: marked from the desk, for each community, never back nor ahead."""

from sqlalchemy import func, select

from app.core.db import db
from app.desk.models import ReadMark, ThreadReadMark
from tests.support.world import HERE
from tests.web.moderation.test_desk import DESK, ELSEWHERE, name, pending, read_counts


def test_one_press_marks_what_was_said_of_one_idea(team, make):
    idea, other = make.idea(community=HERE, title="Un jardin"), make.idea(community=HERE, title="Un marché")
    for n in range(22):
        make.comment(idea, make.user("Nina"), body=f"Le mot numéro {n}.")
    make.comment(other)
    page = team.get(f"{DESK}?queue=unread")
    row = page.soup.select_one(f"#item-thread-{idea.thread_id}")
    for text in ("Un jardin", "22 commentaires à lire", "Le mot numéro 21."):
        assert text in row.get_text(" ", strip=True)
    later = make.comment(idea, body="Arrivé pendant la lecture.")
    answer = team.submit(page, f"#item-thread-{idea.thread_id} form")
    assert (
        answer.headers["Location"]
        == f"/moderation?queue=unread&at=thread-{other.thread_id}#item-thread-{other.thread_id}"
    )
    page = team.get(answer.headers["Location"])
    assert read_counts(page)[name("unread")] == 2 and later.body in page.words and "1 commentaire à lire" in page.words


def test_all_of_a_community_is_read_in_one_press(team, make):
    ideas = [make.idea(community=HERE) for _n in range(22)]
    for idea in [*ideas, ideas[0]]:
        make.comment(idea)
    page = team.get(f"{DESK}?queue=unread")
    later = make.comment(ideas[3], body="Arrivé pendant la lecture.")
    answer = team.submit(page, ".desk-reading form")
    assert answer.headers["Location"] == "/moderation?queue=unread&at=list-0"
    page = team.get(answer.headers["Location"])
    assert read_counts(page)[name("unread")] == 1 and later.body in page.words


def test_what_is_only_to_read_makes_nobody_wait(team, make):
    make.comment(make.idea(community=HERE))
    page = team.get(DESK)
    assert (
        page.soup.h1.get_text() == "Tout est à jour"
        and page.soup.select_one(".desk-queues summary .counted").get_text() == "0"
    )
    assert page.soup.select_one(".empty .acts a")["href"] == "/moderation?queue=unread"
    pending(make)
    page = team.get(DESK)
    assert (
        page.soup.h1.get_text() == name("pending")
        and page.soup.select_one(".desk-queues summary .counted").get_text() == "1"
    )


def test_a_thread_is_marked_by_the_team_of_its_own_community_alone(team, fae, make):
    idea, elsewhere = make.idea(community=HERE), make.idea(community=ELSEWHERE)
    said, other = make.comment(idea), make.comment(elsewhere)
    for thread_id, upto, mark_id in (
        (idea.thread_id, said.id, said.id),
        (elsewhere.thread_id, other.id, said.id),
        (2**31 - 1, said.id, said.id),
    ):
        assert team.forge(f"{DESK}/{HERE}/reading", upto=upto, thread=thread_id).status_code == 303
        db.session.rollback()
        assert db.session.scalars(select(ThreadReadMark.comment_id)).all() == [mark_id]
    assert team.forge(f"{DESK}/{HERE}/reading", upto=said.id, thread="x").status_code == 400
    assert db.session.scalar(select(func.count()).select_from(ReadMark)) == 0


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
    assert [form["action"] for form in page.soup.select(".desk-reading form")] == [
        f"/moderation/{room}/reading" for room in (HERE, ELSEWHERE)
    ]
    assert [link["href"] for link in page.soup.select(".tabs")[0].select("a")] == [
        "/moderation?queue=unread",
        f"/moderation/{HERE}?queue=unread",
        f"/moderation/{ELSEWHERE}?queue=unread",
    ]
    team.submit(page, f"form[action$='{HERE}/reading']")
    assert read_counts(team.get(DESK))[name("unread")] == 1
    assert read_counts(team.get(f"{DESK}/{HERE}"))[name("unread")] == 0
