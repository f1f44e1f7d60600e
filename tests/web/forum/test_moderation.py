"""The topics of a forum before a team: reported, hidden, told, contested, shown again; a guest's likewise."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.forum.models import Forum, ForumTopic
from app.forum.queries import forums
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, Report
from app.notifications.models import Notice
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.make import Make
from tests.support.rows import again, every, last
from tests.support.world import HERE

WHY = "On y donne l'adresse de quelqu'un."


@pytest.fixture
def forum(make: Make, fae: User) -> Forum:
    return forum_in(make, event=event_in(make, room=make.room(HERE), author_id=fae.id), phase="marketplace")


@pytest.fixture
def topic(make: Make, forum: Forum, author: User) -> ForumTopic:
    return topic_in(make, forum, author_id=author.id, title="Ziboulette", why="Chez Untel, 12 rue du Lac.")


def colleague_of(make: Make) -> User:
    return make.user("Cléo Collègue", facilitates=[HERE])


def test_what_a_member_reports_a_team_hides_and_its_host_asks_for_another_look(
    make: Make, topic: ForumTopic, author: User, sign_in: Any, member: Any, team: Any
) -> None:
    report = f"/topics/{topic.id}/report"
    page = f"/forums/{topic.forum_id}/topics/{topic.id}"
    assert f'"{report}"' in member.get(page).text and f'"{report}"' not in sign_in(author).get(page).text
    shown = member.get(report)
    assert "rue du Lac" in shown.words and "Signaler ce sujet" in shown.words
    quote = shown.soup.select_one("main blockquote")
    assert quote.get_text() == "Chez Untel, 12 rue du Lac.", "its title stands above, as a title"
    assert quote.find_previous("b").get_text() == "Ziboulette"
    answer = member.submit(shown, "form.form", why="personal", words="Une adresse")
    assert answer.status_code == 303 and answer.headers["Location"] == page
    own = member.get("/account/reports").words
    assert "Ziboulette" in own, own
    assert "Ziboulette" in team.get("/moderation?queue=cases").words
    case = last(Case)
    answer = team.submit(f"/moderation/cases/{case.id}", "form.form", button="hide", reason=WHY)
    assert answer.status_code == 303 and again(topic).is_hidden
    assert "Ziboulette" in team.get("/moderation/measures").words
    host = sign_in(author)
    told = host.get("/notifications")
    assert member.get(page).status_code == 404 and told.soup.select_one(f'main a[href="{page}"]')
    assert "a masqué votre sujet" in told.words and WHY in told.words
    told_member = member.get("/notifications").words.replace("’", "'")
    assert "ce sujet d'un Forum ouvert" in told_member and "Ziboulette" not in told_member
    answer = host.get(f"/topics/{topic.id}/appeal")
    assert (
        host.submit(
            answer.headers["Location"], "form.form", words="Cette adresse est publique, voyez la mairie."
        ).status_code
        == 303
    )
    other = sign_in(colleague_of(make))
    assert "Ziboulette" in other.get("/moderation?queue=appeals").words
    assert f'"/topics/{topic.id}/restoration"' in other.get(page).text
    asked = other.get(f"/topics/{topic.id}/restoration")
    assert "commentaires" not in asked.words and "rue du Lac" in asked.words
    assert other.submit(asked, "form.form", reason="Elle est publique.").status_code == 303
    assert not again(topic).is_hidden


def test_a_granted_appeal_shows_a_topic_again(
    make: Make, topic: ForumTopic, author: User, sign_in: Any, team: Any
) -> None:
    assert team.submit(f"/topics/{topic.id}/hiding", "form.form", reason=WHY).status_code == 303
    host = sign_in(author)
    answer = host.get(f"/topics/{topic.id}/appeal")
    host.submit(answer.headers["Location"], "form.form", words="Cette adresse est publique, voyez la mairie.")
    other = sign_in(colleague_of(make))
    row = other.get(f"/moderation/appeals/{last(Appeal).id}")
    answer = other.submit(row, "form.form", button="grant", reason="Elle est publique.")
    assert answer.status_code == 303 and not again(topic).is_hidden


def test_a_hidden_topic_keeps_its_room_and_hour(make: Make, forum: Forum, topic: ForumTopic, team: Any) -> None:
    cells = forums.get_arrangement(forum.id)
    make.at(topic, slot_id=cells.slots[1].id, room_id=cells.rooms[0].id, placed_by=forum.phase_by)
    assert team.submit(f"/topics/{topic.id}/hiding", "form.form", reason=WHY).status_code == 303
    assert again(topic).is_hidden and again(topic).is_placed
    assert team.submit(f"/topics/{topic.id}/restoration", "form.form", reason="Corrigé").status_code == 303
    assert again(topic).is_on_the_wall and again(topic).is_placed


def test_the_topic_of_a_guest_is_hidden_and_nobody_is_told(make: Make, forum: Forum, member: Any, team: Any) -> None:
    topic = topic_in(make, forum, host_name="Luc Passant", title="Se nourrir")
    member.submit(f"/topics/{topic.id}/report", "form.form", why="spam")
    assert team.submit(f"/topics/{topic.id}/hiding", "form.form", reason=WHY).status_code == 303
    assert again(topic).is_hidden
    assert [notice.kind for notice in every(Notice) if notice.kind.startswith("measure")] == []
    assert "Se nourrir" in team.get("/moderation/measures").words


def test_who_wrote_a_meeting_is_told_that_it_is_hidden_and_not_asked_to_judge_it(
    make: Make, fae: User, sign_in: Any, member: Any
) -> None:
    event = event_in(make, room=make.room(HERE), author_id=fae.id, title="Se loger ici")
    other = sign_in(colleague_of(make))
    member.submit(f"/events/{event.id}/report", "form.form", why="spam")
    browser = sign_in(fae)
    assert "Se loger ici" not in browser.get("/notifications").words
    assert "Se loger ici" in other.get("/notifications").words
    assert other.submit(f"/events/{event.id}/hiding", "form.form", reason=WHY).status_code == 303
    told = browser.get("/notifications").words
    assert "a masqué votre rencontre" in told and WHY in told


def test_a_forum_whose_topic_was_judged_is_not_taken_back(make: Make, fae: User, member: Any, team: Any) -> None:
    event = event_in(make, room=make.room(HERE), author_id=fae.id)
    topic = topic_in(make, forum_in(make, event=event), author_id=make.user().id)
    member.submit(f"/topics/{topic.id}/report", "form.form", why="spam")
    assert len(every(Report)) == 1
    answer = team.submit(f"/forums/{event.id}/deletion", "form.form")
    assert answer.status_code == 409 and "Annulez plutôt la rencontre" in answer.words
    assert again(topic) and every(Forum)


def test_a_forum_that_nobody_reported_is_taken_back_with_its_topics(make: Make, fae: User, team: Any) -> None:
    event = event_in(make, room=make.room(HERE), author_id=fae.id)
    topic_in(make, forum_in(make, event=event))
    assert team.submit(f"/forums/{event.id}/deletion", "form.form").status_code == 303
    assert not every(ForumTopic) and not every(Forum)
