"""What a person chooses to be told, and when: on one page, in words, and it holds."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models.people import User
from app.core.db import db
from app.notifications.models import Notice, NoticePace, NoticeSettings
from app.notifications.service import notices
from app.notifications.topics import USUAL
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.browser import Browser

TYPED = {
    "reply": "now",
    "contribution": "now",
    "support": "daily",
    "follow": "weekly",
    "weekday": "4",
    "commented": "all",
    "supported": "steps",
}
PAGE, HERE = "/notifications/preferences", "securite-alimentaire"
KINDS = {
    "reply": "comment.post",
    "contribution": "merge.author",
    "support": "support.first",
    "follow": "follow.idea",
    "task": "desk.idea",
    "desk": "case.opened",
}


@pytest.fixture
def member(make: Any) -> User:
    user: User = make.user("Rita Lecture")
    return user


@pytest.fixture
def browser(sign_in: Any, member: User) -> Browser:
    found: Browser = sign_in(member)
    return found


def choose(browser: Browser, **choices: str) -> Any:
    return browser.submit(PAGE, "main form.form", follow=True, **choices)


def plain(text: str) -> str:
    """Write a text of the interface without the signs and spaces of typography."""
    return text.replace("’", "'").replace("\xa0", " ").replace("\u202f", " ")


def paces(user: User) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Notice.pace).where(Notice.user_id == user.id).order_by(Notice.id)))


def test_before_one_chooses_what_is_said_to_one_comes_at_once_and_the_rest_on_friday(browser: Browser) -> None:
    page = browser.get(PAGE)
    said = [plain(line.get_text()) for line in page.soup.select(".panel p")]
    assert said == [
        "Tout de suite : ce qu'on vous répond et ce que deviennent vos contributions.",
        "Le vendredi à 7 h, en un résumé : les appuis que vous recevez et ce que vous suivez.",
    ]
    assert not page.soup.select("[name=desk], [name=task]")


def test_a_choice_is_kept_said_in_words_and_holds_for_what_waits_and_for_what_comes(
    make: Any, member: User, browser: Browser
) -> None:
    comment = make.comment(make.idea(member))
    notices.tell(member.id, "comment.post", "1", comment_id=comment.id)
    db.session.commit()
    page = choose(browser, reply="weekly", weekday="0")
    assert "Le lundi à 7 h, en un résumé : ce qu'on vous répond" in plain(page.words)
    assert page.soup.select_one("#reply option[selected]")["value"] == "weekly"
    notices.tell(member.id, "comment.post", "2", comment_id=comment.id)
    db.session.commit()
    assert paces(member) == ["weekly", "weekly"]


def test_the_form_sent_back_unchanged_writes_nothing(member: User, browser: Browser) -> None:
    choose(browser)
    db.session.rollback()
    assert not db.session.scalar(select(func.count()).select_from(NoticePace))
    assert not db.session.scalar(select(func.count()).select_from(NoticeSettings))


def test_never_is_not_even_a_notice_but_for_a_decision_about_oneself(make: Any, member: User, browser: Browser) -> None:
    choose(browser, reply="never", contribution="never")
    idea = make.idea(member)
    notices.tell(member.id, "comment.post", "1", comment_id=make.comment(idea).id)
    notices.tell(member.id, "status", "1", idea_id=idea.id, status="retained", reason="")
    notices.tell(member.id, "measure.hide", "1", idea_id=idea.id, reason="hors du sujet")
    db.session.commit()
    assert paces(member) == ["site"] and "hors du sujet" in browser.get("/notifications").words


def test_one_press_stops_every_mail_but_those_of_security(
    make: Any, member: User, browser: Browser, outbox: Any, clock: Any
) -> None:
    page = browser.submit(PAGE, f'form[action="{PAGE}/silence"]', follow=True)
    assert "Vous ne recevrez aucun courriel, sauf ceux qui protègent votre compte." in page.words
    idea = make.idea(member)
    for topic, kind in KINDS.items():
        about = {"comment_id": make.comment(idea).id} if topic == "reply" else {"idea_id": idea.id}
        notices.tell(member.id, kind, "1", case=1, beside=idea.id, reason="", **about)
    db.session.commit()
    assert set(KINDS) == set(USUAL) and paces(member) == ["site"] * len(KINDS)
    clock.forward(days=8)
    write_mails(), write_summaries()
    assert not outbox.to(member.email)
    notices.tell(member.id, "account.signed_out", "1")
    db.session.commit()
    write_mails()
    assert len(outbox.to(member.email)) == 1


def test_the_mail_of_a_later_version_is_stopped_too(make: Any, sign_in: Any, outbox: Any, clock: Any) -> None:
    fae = make.paces(make.user(facilitates=[HERE]), desk="now")
    idea = make.idea(community=HERE)
    for number in (2, 3):
        notices.tell_of_version(fae.id, "idea.revised_since", number, idea_id=idea.id)
        db.session.commit()
        clock.forward(minutes=11)
        write_mails()
    assert len(outbox.to(fae.email)) == 1
    sign_in(fae).submit(PAGE, f'form[action="{PAGE}/silence"]')
    clock.forward(hours=2)
    write_mails()
    assert len(outbox.to(fae.email)) == 1


def test_what_stayed_on_the_site_is_not_mailed_when_mails_are_wanted_again(
    make: Any, member: User, browser: Browser, outbox: Any, clock: Any
) -> None:
    choose(browser, reply="site")
    notices.tell(member.id, "comment.post", "1", comment_id=make.comment(make.idea(member)).id)
    db.session.commit()
    clock.forward(days=3)
    choose(browser, reply="now")
    clock.forward(days=8)
    write_mails(), write_summaries()
    assert paces(member) == ["site"] and not outbox.to(member.email)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reply", "hourly"),
        ("weekday", "7"),
        ("pause", "2001-01-01"),
        ("pause", "2999-01-01"),
        ("commented", "some"),
        ("pause", "demain"),
    ],
)
def test_a_choice_that_is_none_is_refused_and_the_others_stay_as_typed(
    browser: Browser, field: str, value: str
) -> None:
    browser.get(PAGE)
    answer = browser.forge(PAGE, **TYPED | {field: value})
    assert answer.status_code == 422 and answer.soup.select_one(f"#{field}")["aria-invalid"] == "true"
    assert answer.soup.select_one("#support option[selected]")["value"] == "daily"


def test_a_pause_is_shown_until_it_ends_and_ends_when_its_field_is_emptied(make: Any, sign_in: Any, clock: Any) -> None:
    clock.at("2027-01-05T12:00")
    browser = sign_in(make.user())
    page = choose(browser, pause="2027-01-08")
    assert "Rien ne viendra avant le 8 janvier 2027" in page.words
    assert page.soup.select_one("#pause")["value"] == "2027-01-08"
    assert "Rien ne viendra" not in choose(browser, pause="").words
    choose(browser, pause="2027-01-08")
    clock.at("2027-01-08T12:01")
    page = browser.get(PAGE)
    assert "Rien ne viendra" not in page.words and not page.soup.select_one("#pause").get("value")


def test_who_has_a_charge_chooses_for_the_desk_too(make: Any, sign_in: Any) -> None:
    fae = make.user(facilitates=[HERE])
    browser = sign_in(fae)
    assert "Chaque jour à 7 h, en un résumé : ce qui attend votre équipe." in plain(browser.get(PAGE).words)
    assert "Tout de suite" in choose(browser, desk="now").soup.select_one("#desk option[selected]").get_text()
    notices.tell(fae.id, "case.opened", "1", idea_id=make.idea(community=HERE).id, case=1)
    db.session.commit()
    assert paces(fae) == ["now"]
