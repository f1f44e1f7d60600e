"""Actions of the plan and what is said of them, before a team: reported, hidden, told, contested, shown again."""

from typing import Any

import pytest

from app.comments.models import Thread
from app.core.db import db
from app.moderation.cases.models import Case
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.rows import again, last
from tests.support.world import HERE

WHY = "On y donne l'adresse de quelqu'un."


@pytest.fixture
def things(plans: MakePlan, author: Any) -> dict[str, Any]:
    """Return an action that `boss` wrote, and what `author` said of it."""
    action = plans.action(community=HERE)
    plans.holder(action, author)
    return {"action": action, "bulletin": plans.say(action, "Chez Untel, 12 rue du Lac.", author)}


@pytest.mark.parametrize(
    ("noun", "title"), [("action", "Une tournée d'épicerie"), ("bulletin", "Nouvelle de l’action")]
)
def test_what_a_member_reports_a_team_hides_and_its_author_asks_for_another_look(
    make: Make,
    plans: MakePlan,
    things: dict[str, Any],
    sign_in: Any,
    visitor: Any,
    member: Any,
    team: Any,
    author: Any,
    noun: str,
    title: str,
) -> None:
    thing, page = things[noun], f"/plan/actions/{things['action'].id}"
    writer = plans.boss if noun == "action" else author
    report = f"/plan/{noun}s/{thing.id}/report"
    assert f'"{report}"' in member.get(page).text and f'"{report}"' not in sign_in(writer).get(page).text
    answer = member.submit(report, "form.form", follow=True, why="personal", words="Une adresse")
    assert answer.request.path == page and "vous dira ce qu" in answer.words
    assert title in member.get("/account/reports").words
    case = last(Case)
    assert title in team.get("/moderation?queue=cases").words
    answer = team.submit(f"/moderation/cases/{case.id}", "form.form", button="hide", reason=WHY)
    assert answer.status_code == 303 and again(thing).is_hidden
    shown = visitor.get(page)
    assert shown.status_code == (404 if noun == "action" else 200) and "rue du Lac" not in shown.text
    browser = sign_in(writer)
    told = browser.get("/notifications")
    assert "masqué" in told.words and told.soup.select_one(
        f'main a[href="{page if noun == "action" else f"{page}?before={thing.id + 1}#bulletin-{thing.id}"}"]'
    )
    answer = browser.get(f"/plan/{noun}s/{thing.id}/appeal")
    assert (
        browser.submit(answer.headers["Location"], "form.form", words="Cette adresse est publique.").status_code == 303
    )
    colleague = sign_in(_user_in_charge(make))
    answer = colleague.submit(
        f"/plan/{noun}s/{thing.id}/restoration", "form.form", reason="Elle est publique.", follow=True
    )
    assert answer.status_code == 200 and not again(thing).is_hidden
    assert "rue du Lac" in visitor.get(page).text


def _user_in_charge(make: Make) -> Any:
    user = make.user()
    make.facilitator(user, HERE)
    return user


def test_a_team_closes_slows_and_opens_the_talk_under_an_action(things: dict[str, Any], member: Any, team: Any) -> None:
    action = things["action"]
    page = f"/plan/actions/{action.id}"
    assert member.submit(page, "#comment-form", body="Bravo pour la tournée.").status_code == 303
    comment_page = member.get(page)
    for act, answer in (("slow-mode", {"minutes": "15"}), ("lock", {})):
        assert f'"{page}/{act}"' in team.get(page).text
        assert team.submit(f"{page}/{act}", "form.form", reason="Trop vif", **answer).status_code == 303
    refusal = member.submit(comment_page, "#comment-form", body="Encore un mot.")
    assert refusal.status_code == 422 and "Encore un mot." in refusal.text
    assert team.submit(f"{page}/unlock", "form.form", reason="C'est plus calme").status_code == 303
    thread = db.session.get_one(Thread, action.thread_id)
    assert (thread.slow_minutes, thread.is_locked, thread.comments_count) == (15, False, 1)
    assert db.session.get_one(Action, action.id).comments_count == 1


def test_a_notice_says_no_word_of_what_its_reader_took_back(
    make: Make, things: dict[str, Any], sign_in: Any, team: Any, author: Any
) -> None:
    bulletin = things["bulletin"]
    assert team.submit(f"/plan/bulletins/{bulletin.id}/hiding", "form.form", reason=WHY).status_code == 303
    make.at(db.session.get_one(Bulletin, bulletin.id), deleted_at=bulletin.at)
    told = sign_in(author).get("/notifications")
    assert "a masqué ce que vous avez dit" in told.words and "rue du Lac" not in told.text
