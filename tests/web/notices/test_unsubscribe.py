"""One press in a mail stops it, without an account: at once by a mail service, after a button by a person."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models.people import User
from app.core.db import db
from app.notifications.models import Follow, Notice
from app.notifications.queries.settings import get_paces
from app.notifications.service import notices
from app.web.notices import unsubscribe
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.follower_acts import follow, say, told
from tests.support.make_plan import MakePlan
from tests.support.world import HERE

ONE_CLICK = {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}
OF_SERVICES = [
    ONE_CLICK,
    {},
    {"data": {"List-Unsubscribe": "One-Click"}, "content_type": "multipart/form-data"},
    {**ONE_CLICK, "headers": {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}},
]


@pytest.fixture
def reader(make: Any) -> User:
    found: User = make.user(locale="fr")
    return found


def link(user: User, kind: str, value: Any) -> str:
    return f"/unsubscribe/{unsubscribe.sign(user.id, kind, value)}"


def paces_of(make: Any, user: User) -> dict[str, str]:
    db.session.rollback()
    return get_paces(make.actor(user))


@pytest.mark.parametrize("request_of_service", OF_SERVICES)
def test_a_mail_service_stops_a_topic_at_once_without_session_or_token(
    reader: User, make: Any, visitor: Any, request_of_service: dict[str, Any]
) -> None:
    path = link(reader, "topic", "reply")
    answer = visitor.post_raw(path, **request_of_service)
    assert (
        answer.status_code == 200
        and "Set-Cookie" not in answer.headers
        and answer.headers["Cache-Control"] == "no-store"
    )
    assert paces_of(make, reader) == paces_of(make, make.user()) | {"reply": "site"}
    assert (
        "ce qu’on vous répond" in answer.words and reader.email not in answer.words and reader.name not in answer.words
    )


def test_reading_the_page_says_what_will_stop_and_changes_nothing(reader: User, make: Any, visitor: Any) -> None:
    answer = visitor.get(link(reader, "topic", "reply"))
    assert "Ne plus recevoir par courriel ce qu’on vous répond" in answer.soup.h1.get_text()
    assert paces_of(make, reader)["reply"] == "now" and "Set-Cookie" not in answer.headers
    assert answer.soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer" and reader.name not in answer.words


@pytest.mark.parametrize(
    ("kind", "value", "chosen", "after"),
    [
        ("topic", "reply", {"reply": "weekly"}, {"reply": "site"}),
        (
            "pace",
            "weekly",
            {"reply": "weekly", "follow": "daily", "support": "weekly"},
            {"reply": "site", "support": "site"},
        ),
        ("pace", "daily", {"follow": "daily"}, {"follow": "site", "desk": "site"}),
    ],
)
def test_a_person_stops_what_the_link_names_and_takes_it_back(
    reader: User, make: Any, visitor: Any, kind: str, value: str, chosen: dict[str, str], after: dict[str, str]
) -> None:
    make.paces(reader, **chosen)
    before, path = paces_of(make, reader), link(reader, kind, value)
    page = visitor.submit(path, "main form")
    assert "C’est fait" in page.words and paces_of(make, reader) == before | after
    again = visitor.get(path)
    assert "vous ne recevrez plus" in again.words and again.soup.select_one("main form input[name=again]")
    page = visitor.submit(page, "main form")
    assert "vous recevrez de nouveau" in page.words and paces_of(make, reader) == before
    assert (
        "vous ne recevrez plus" in visitor.submit(page, "main form").words and paces_of(make, reader) == before | after
    )


def test_what_was_stopped_by_a_service_comes_back_at_the_pace_of_its_mails(
    reader: User, make: Any, visitor: Any
) -> None:
    before = paces_of(make, reader)
    for kind, value in (("topic", "reply"), ("pace", "weekly")):
        path = link(reader, kind, value)
        visitor.post_raw(path, **ONE_CLICK)
        assert paces_of(make, reader) != before
        visitor.submit(path, "main form")
        assert paces_of(make, reader) == before


def test_a_thread_is_silenced_and_followed_again_as_before(reader: User, make: Any, visitor: Any) -> None:
    thread_id, other = make.idea(make.user(), HERE).thread_id, make.user().id
    path = link(reader, "thread", thread_id)

    def levels() -> list[tuple[int, str]]:
        db.session.rollback()
        return list(db.session.execute(select(Follow.user_id, Follow.level).order_by(Follow.user_id)).tuples())

    page = visitor.submit(path, "main form")
    assert levels() == [(reader.id, "none")] and "ni sur le site" in page.words
    visitor.submit(page, "main form")
    assert levels() == []
    make.add(Follow(user_id=reader.id, kind="thread", target_id=thread_id, level="steps"))
    make.add(Follow(user_id=other, kind="thread", target_id=thread_id, level="all"))
    page = visitor.submit(path, "main form")
    assert visitor.post_raw(path, **ONE_CLICK).status_code == 200
    visitor.submit(page, "main form")
    assert levels() == [(reader.id, "steps"), (other, "all")]


def test_a_thread_is_named_by_what_it_is_about(reader: User, make: Any, visitor: Any) -> None:
    subjects = {
        "cette contribution": make.idea(),
        "ces travaux": make.update(),
        "cette action": MakePlan(make).action(),
    }
    for words, subject in subjects.items():
        assert f"ce qui s’écrit sous {words}" in visitor.get(link(reader, "thread", subject.thread_id)).words


def test_the_notices_that_wait_for_a_mail_stay_on_the_site(reader: User, make: Any, visitor: Any) -> None:
    make.add(Notice(user_id=reader.id, kind="comment.reply", topic="reply", pace="now", key="k"))
    visitor.post_raw(link(reader, "topic", "reply"), **ONE_CLICK)
    db.session.rollback()
    assert db.session.scalar(select(Notice.pace)) == "site"


@pytest.mark.parametrize("by", ["the link of a mail", "the page of all that one follows"])
def test_what_was_told_of_a_thread_before_it_was_silenced_is_not_mailed_after(
    reader: User, make: Any, visitor: Any, sign_in: Any, outbox: Any, clock: Any, by: str
) -> None:
    idea, other = (
        make.idea(make.user(), HERE, title="Le four du village"),
        make.idea(make.user(), HERE, title="Le lait du rang"),
    )
    for one in (idea, other):
        follow(reader, one), say(make.user(), one)
    told()
    answer = make.comment(idea, body="Ceci vous répond.")
    notices.tell(reader.id, "comment.reply", "1", comment_id=answer.id)
    db.session.commit()
    if by == "the link of a mail":
        visitor.post_raw(link(reader, "thread", idea.thread_id), **ONE_CLICK)
    else:
        sign_in(reader).submit("/follows", f'form[action="/ideas/{idea.id}/follow/withdrawal"]')
    clock.forward(days=8)
    write_mails(), write_summaries()
    reply, summary = outbox.to(reader.email)
    assert (
        "Ceci vous répond." in reply.text
        and "Le lait du rang" in summary.text
        and "Le four du village" not in summary.text
    )


@pytest.mark.parametrize("token", ["faux", "W10.x", ""])
def test_a_link_that_was_cut_or_made_up_is_not_there_and_says_what_to_do(
    reader: User, make: Any, visitor: Any, token: str
) -> None:
    path = link(reader, "topic", "reply")[:-3] if not token else f"/unsubscribe/{token}"
    for answer in (visitor.get(path), visitor.post_raw(path, **ONE_CLICK)):
        assert answer.status_code == 404 and "Rien n’a changé" in answer.words
    assert paces_of(make, reader)["reply"] == "now"


def test_what_is_put_back_is_what_the_page_of_the_same_link_offered(reader: User, make: Any, visitor: Any) -> None:
    mine, theirs = link(reader, "topic", "reply"), link(make.user(), "topic", "reply")
    offered = visitor.submit(theirs, "main form").soup.select_one("input[name=again]")["value"]
    for again in (offered, "faux", mine.rpartition("/")[2]):
        visitor.post_raw(mine, data={"again": again})
        assert paces_of(make, reader)["reply"] == "site"


def test_a_closed_account_is_answered_as_any_other(reader: User, make: Any, visitor: Any) -> None:
    path, other = link(reader, "topic", "reply"), link(make.user(), "topic", "reply")
    accounts.close(make.actor(reader), reader)
    alike = [visitor.post_raw(one, **ONE_CLICK).words for one in (path, other)]
    assert alike[0] == alike[1] and "C’est fait" in alike[0]
    assert "C’est fait" in visitor.get(path).words and "C’est fait" in visitor.submit(path, "main form").words


def test_the_page_is_in_the_language_of_its_person_unless_another_is_asked_for(make: Any, visitor: Any) -> None:
    path = link(make.user(locale="en"), "topic", "reply")
    assert visitor.get(path).soup.html["lang"] == "en-CA" == visitor.post_raw(path, **ONE_CLICK).soup.html["lang"]
    assert visitor.get(f"{path}?lang=fr").soup.html["lang"] == "fr-CA"
    visitor.forge("/language", lang="fr", next=path)
    assert visitor.get(path).soup.html["lang"] == "fr-CA"


def test_a_former_key_of_the_site_still_opens_the_links_of_its_mails(
    reader: User, visitor: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link(reader, "topic", "reply")
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "une autre clef, assez longue pour en être une")
    assert visitor.get(path).status_code == 200


def test_somebody_whose_role_asks_for_a_second_step_unsubscribes_without_it(
    make: Any, sign_in: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REQUIRE_TWO_FACTOR", True)
    boss = make.user(role="coordinator")
    assert "C’est fait" in sign_in(boss).submit(link(boss, "topic", "desk"), "main form").words
