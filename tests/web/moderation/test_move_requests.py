"""An author asks for another community: its team is told, and moves the idea, offers it, or says why it stays."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models.people import User
from app.core.db import db
from app.ideas.models import Idea
from app.moderation.moves.models import Handover, MoveRequest
from tests.support.browser import Browser

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
WHY = "Elle parle surtout d'autobus."
WORDS = "Elle touche d'abord à nos travaux sur les paniers."


def page(idea: Idea) -> str:
    return f"/ideas/{idea.id}/move/request"


def ask_to_move(browser: Browser, idea: Idea) -> Any:
    return browser.submit(page(idea), "main form.form", community=ELSEWHERE, reason=WHY, follow=True)


def stands(idea: Idea, make: Any) -> tuple[str, bool]:
    db.session.rollback()
    state = db.session.scalars(select(MoveRequest.state)).one()
    return state, db.session.get_one(Idea, idea.id).community_id == make.room(ELSEWHERE).id


def test_the_form_of_an_idea_that_was_submitted_has_no_community_and_leads_to_the_request(
    sign_in: Any, author: User, idea: Idea
) -> None:
    browser = sign_in(author)
    form = browser.get(f"/ideas/{idea.id}/edit").soup
    assert (
        form.select_one("[name=community]") is None
        and "Sécurité alimentaire" in form.select_one("main form").get_text()
    )
    assert form.select_one(f'form a[href="{page(idea)}"]')


def test_the_team_is_told_and_offers_the_idea_to_the_community_that_was_asked_for(
    make: Any, sign_in: Any, author: User, idea: Idea, team: Browser
) -> None:
    browser = sign_in(author)
    assert "Vous aurez un avis" in ask_to_move(browser, idea).words
    assert (
        "porte une idée de votre communauté" in team.get("/notifications").words
        and WHY in team.get("/moderation?queue=requests").words
    )
    assert team.get(f"/ideas/{idea.id}-{idea.slug}").soup.select_one(f'a[href="{page(idea)}"]')
    answer = team.submit(page(idea), "main form.form", button="accept")
    assert answer.status_code == 303 and stands(idea, make) == ("granted", False)
    assert db.session.scalars(select(Handover.reason)).all() == [WHY]
    assert "Transport collectif" in browser.get("/notifications").words
    assert team.get(page(idea)).status_code == 404


def test_whoever_has_the_charge_of_both_moves_it_at_once(make: Any, sign_in: Any, author: User, idea: Idea) -> None:
    ask_to_move(sign_in(author), idea)
    boss = sign_in(make.user(role="coordinator"))
    assert boss.submit(page(idea), "main form.form", button="accept").status_code == 303
    assert stands(idea, make) == ("granted", True)
    notices = sign_in(author).get("/notifications").soup.select(".notices > li")
    assert len(notices) == 1 and "porte maintenant" in notices[0].get_text()


def test_a_team_that_keeps_it_says_why_and_the_author_reads_it(
    make: Any, sign_in: Any, author: User, idea: Idea, team: Browser
) -> None:
    browser = sign_in(author)
    ask_to_move(browser, idea)
    refusal = team.submit(page(idea), "main form.form", button="return")
    assert refusal.status_code == 422 and "dites pourquoi" in refusal.words
    assert team.submit(refusal, "main form.form", button="return", words=WORDS).status_code == 303
    assert stands(idea, make) == ("refused", False) and WORDS.replace("'", "’") in browser.get(
        "/notifications"
    ).words.replace("'", "’")
    assert ask_to_move(browser, idea).status_code == 200


def test_it_is_taken_back_by_its_author_and_one_waits_at_a_time(
    make: Any, sign_in: Any, author: User, idea: Idea, team: Browser
) -> None:
    browser = sign_in(author)
    form = browser.get(page(idea))
    late = team.get(page(idea))
    assert late.status_code == 404
    ask_to_move(browser, idea)
    late = team.get(page(idea))
    again = browser.submit(form, "main form.form", community=ELSEWHERE, reason=WHY)
    assert again.status_code == 409 and "attend déjà" in again.words
    assert browser.submit(page(idea), "main form.post").status_code == 303
    assert stands(idea, make) == ("closed", False)
    answer = team.submit(late, "main form.form", button="return", words=WORDS)
    assert answer.status_code == 409 and WORDS in answer.soup.select_one("textarea").get_text()


@pytest.mark.parametrize(
    ("field", "value", "field_id"),
    [("community", "", "community"), ("reason", "", "reason"), ("reason", "x" * 501, "reason")],
)
def test_what_is_missing_is_said_beside_its_field(
    sign_in: Any, author: User, idea: Idea, field: str, value: str, field_id: str
) -> None:
    fields = {"community": ELSEWHERE, "reason": WHY} | {field: value}
    answer = sign_in(author).submit(page(idea), "main form.form", **fields)
    assert answer.status_code == 422 and answer.soup.select_one(f"#{field_id}-error")


def test_an_author_who_animates_does_not_answer_their_own_request(
    make: Any, sign_in: Any, author: User, idea: Idea
) -> None:
    make.facilitator(author, HERE)
    browser = sign_in(author)
    ask_to_move(browser, idea)
    assert browser.get(page(idea)).soup.select_one("[name=act]") is None
    assert browser.forge(f"{page(idea)}/decision", act="accept").status_code == 404


def test_who_answers_a_request_that_was_replaced_reads_the_new_one_first(
    make: Any, sign_in: Any, author: User, idea: Idea, team: Browser
) -> None:
    browser = sign_in(author)
    ask_to_move(browser, idea)
    late = team.get(page(idea))
    browser.submit(page(idea), "main form.post")
    browser.submit(
        page(idea), "main form.form", community="logement-social-et-abordable", reason="Elle parle de loyers."
    )
    answer = team.submit(late, "main form.form", button="accept")
    assert answer.status_code == 409 and "Elle parle de loyers." in answer.words
    assert not db.session.scalars(select(Handover)).all()
    assert team.submit(answer, "main form.form", button="accept").status_code == 303


def test_it_goes_with_the_idea_that_its_author_withdraws(
    make: Any, sign_in: Any, author: User, idea: Idea, team: Browser
) -> None:
    browser = sign_in(author)
    ask_to_move(browser, idea)
    browser.submit(f"/ideas/{idea.id}/withdrawal", "main form", reason="Elle est faite autrement.")
    assert stands(idea, make)[0] == "closed" and WHY not in team.get("/moderation?queue=requests").words


def test_it_goes_with_a_move_of_the_idea_and_with_the_account_of_who_asked(
    make: Any, sign_in: Any, author: User, idea: Idea
) -> None:
    ask_to_move(sign_in(author), idea)
    boss = sign_in(make.user(role="coordinator"))
    boss.submit(f"/ideas/{idea.id}/move", "main form", community="logement-social-et-abordable", reason=WHY)
    assert stands(idea, make)[0] == "closed"
    make.at(db.session.scalars(select(MoveRequest)).one(), state="open")
    accounts.close(make.actor(author), author)
    assert db.session.scalars(select(MoveRequest)).all() == []
