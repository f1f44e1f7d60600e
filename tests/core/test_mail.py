"""The outbox with real mail servers: what leaves, what waits, what is given up, and never twice."""

import email
import email.policy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import account_mails, smtp
from app.core import clock as time
from app.core import mail as outgoing_mail
from app.core.db import db
from app.core.mail import Outgoing
from app.core.unit import unit
from app.operations import mails
from app.web.frame import mail
from tests.support.accounts import confirm, register
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.post_office import PostOffice


@pytest.fixture
def site(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A site whose mails leave by the server at an address."""
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    return lambda url: monkeypatch.setitem(app.config, "MAIL_URL", url)


def write(app: Flask, *names: str) -> None:
    with unit():
        for name in names:
            outgoing_mail.queue(
                name,
                message_id=outgoing_mail.new_message_id(app.config),
                recipient=f"{name}@example.org",
                subject=f"À {name}",
                text="Voyez.\n",
                html="<p>Voyez.</p>",
            )


def row(name: str) -> Outgoing:
    db.session.rollback()
    return db.session.scalars(select(Outgoing).where(Outgoing.key == name)).one()


def read(office: PostOffice) -> list[EmailMessage]:
    return [email.message_from_bytes(content, policy=email.policy.default) for content in office.messages]


def recipients(office: PostOffice) -> list[str]:
    return [str(message["To"]).removesuffix("@example.org") for message in read(office)]


def test_somebody_registers_where_the_server_requires_tls_and_a_password(
    site: Any, post: Any, visitor: Browser, outbox: Any
) -> None:
    office = post(tls="required")
    site(office.url())
    register(visitor)
    assert mail.deliver() == 1 and mail.deliver() == 0
    [message] = read(office)
    assert message["To"] == "marie@example.org" and message["Message-ID"] == outbox[0].message_id
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    url = outbox.links(message)[0]
    assert (outbox[0].subject, outbox[0].text, outbox[0].html, outbox[0].headers) == ("", "", "", {}), (
        "its words went with it"
    )
    assert confirm(visitor, url).headers["Location"] == "/"


def test_a_mail_has_a_message_id_of_the_site_from_the_moment_it_is_written(app: Flask, outbox: Any) -> None:
    with unit():
        for name in ("ana", "zoe"):
            mail.send(
                "second_factor",
                recipient=f"{name}@example.org",
                locale="fr",
                user_id=None,
                is_on=True,
                url="http://localhost/x",
            )
    ids = {one.message_id for one in outbox}
    assert len(ids) == 2 and all(one.endswith("@localhost>") for one in ids)


def test_several_workers_send_each_mail_once(app: Flask, site: Any, post: Any) -> None:
    office, names = post(), [f"n{number:02}" for number in range(12)]
    site(office.url())
    write(app, *names)

    def work(_number: int) -> int:
        with app.app_context():
            return mail.deliver()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == len(names)
    assert sorted(recipients(office)) == names


def test_a_server_that_was_away_for_two_days_gets_all_that_waited(
    app: Flask, site: Any, post: Any, clock: Clock
) -> None:
    office = PostOffice(post().certificate)
    site(office.url())
    write(app, "ana", "zoe")
    message_ids = {name: row(name).message_id for name in ("ana", "zoe")}
    for _time in range(12):
        assert mail.deliver() == 0
        clock.forward(hours=4)
    assert {row(name).tries for name in message_ids} == {12}
    with office.open():
        assert mail.deliver() == 2
    assert {message["Message-ID"] for message in read(office)} == set(message_ids.values())
    assert row("ana").sent_at and row("ana").error is None


def test_tries_grow_rarer_for_four_days_then_end_until_somebody_asks_again(
    app: Flask, engine: str, site: Any, post: Any, clock: Clock
) -> None:
    office = PostOffice(post().certificate)
    site(office.url())
    write(app, "ana")
    start, waits = time.now(), []
    while row("ana").given_up_at is None:
        assert mail.deliver() == 0
        waits.append(row("ana").due_at - time.now())
        clock.at(max(row("ana").due_at, time.now()))
    assert timedelta(days=4) <= time.now() - start < timedelta(days=4, hours=2)
    assert [round(wait.total_seconds() / 60) for wait in waits[:6]] == [5, 10, 20, 40, 60, 60]
    clock.forward(hours=5)
    with office.open():
        assert mail.deliver() == 0
        assert mails.retry() == (0, 1)
        assert mail.deliver() == 1


def test_a_server_out_of_reach_is_tried_once_for_all_that_is_due(app: Flask, site: Any, post: Any) -> None:
    office = post()
    site(office.url(password="un autre"))
    write(app, "ana", "zoe", "eli")
    assert mail.deliver() == 0 and mail.deliver() == 0
    assert office.visits == 1
    assert {row(name).tries for name in ("ana", "zoe", "eli")} == {1}
    assert "refuses the user or the password" in (row("eli").error or "")


def test_a_refused_mail_is_not_tried_again_and_holds_nobody_up(app: Flask, site: Any, post: Any, clock: Clock) -> None:
    office = post(answers={"ana@example.org": "550 5.1.1 no such user", "eli@example.org": "450 4.2.2 full"})
    site(office.url())
    write(app, "ana", "eli", "zoe")
    assert mail.deliver() == 1 and recipients(office) == ["zoe"]
    assert row("ana").refused_at and "550 5.1.1" in (row("ana").error or "")
    assert row("eli").refused_at is None and "450 4.2.2" in (row("eli").error or "")
    office.answers.clear()
    clock.forward(minutes=6)
    assert mail.deliver() == 1 and recipients(office) == ["zoe", "eli"]
    assert mails.retry() == (1, 0) and mails.retry() == (0, 0)
    assert mail.deliver() == 1 and recipients(office) == ["zoe", "eli", "ana"]


def test_a_mail_leaves_with_its_own_headers_each_on_one_line(app: Flask, site: Any, post: Any) -> None:
    office = post()
    site(office.url())
    headers = {
        "List-Unsubscribe": f"<http://localhost/unsubscribe/{'x' * 120}>",
        "List-Id": "Réflexe DS <notices.localhost>",
        "References": "<thread-12@localhost>",
    }
    with unit():
        outgoing_mail.queue(
            "ana",
            message_id="<k@localhost>",
            recipient="ana@example.org",
            subject="s",
            text="t",
            html="",
            headers=headers,
        )
        for bad in ({"List-Id": "a\r\nBcc: b@example.org"}, {"List-Id\nBcc": "b"}, {"List-Id": "a\u2028b"}, {"": "b"}):
            with pytest.raises(ValueError, match="one line"):
                outgoing_mail.queue(
                    "bad", message_id="<b@localhost>", recipient="a", subject="s", text="t", html="", headers=bad
                )
    assert mail.deliver() == 1
    [message] = read(office)
    assert {name: str(message[name]) for name in headers} == headers
    assert b"\r\nList-Unsubscribe: <http://localhost/unsubscribe/" + b"x" * 120 + b">\r\n" in office.messages[0]


SUBJECTS = (
    "Hélène Gagné commente le besoin que vous suivez : « Un frigo partagé au parc », et 3 autres avis – Réflexe DS",
    "Plain words of a site that has much to say, once more than a line of seventy-eight characters can hold",
)


def test_a_subject_is_read_as_it_was_written(app: Flask, site: Any, post: Any) -> None:
    office = post()
    site(office.url())
    with unit():
        for n, subject in enumerate(SUBJECTS):
            outgoing_mail.queue(
                f"k{n}", message_id=f"<k{n}@localhost>", recipient="ana@example.org", subject=subject, text="t", html=""
            )
    assert mail.deliver() == len(SUBJECTS)
    assert [message["Subject"] for message in read(office)] == [
        outgoing_mail.write_subject(subject) for subject in SUBJECTS
    ]
    assert all(len(line) <= 78 for content in office.messages for line in content.splitlines() if b"=?utf-8?" in line)


def test_a_worker_that_dies_after_a_mail_left_repeats_the_same_mail(
    app: Flask, site: Any, post: Any, clock: Clock
) -> None:
    office = post()
    site(office.url())
    write(app, "ana")

    def die(mail_row: Outgoing) -> None:
        mail._transport(mail_row)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outgoing_mail.deliver(die)
    assert mail.deliver() == 0, "until its time is over, the mail is that of the worker that took it"
    clock.forward(minutes=21)
    assert mail.deliver() == 1
    assert len(office.messages) == 2 and office.messages[0] == office.messages[1]


def test_a_fault_of_ours_keeps_one_mail_back_and_is_in_the_log(
    app: Flask, site: Any, post: Any, caplog: pytest.LogCaptureFixture
) -> None:
    office = post()
    site(office.url())
    write(app, "ana", "zoe")

    def stumble(mail_row: Outgoing) -> None:
        if mail_row.key == "ana":
            raise ValueError("no")
        mail._transport(mail_row)

    assert outgoing_mail.deliver(stumble) == 1 and recipients(office) == ["zoe"]
    assert "ValueError" in (row("ana").error or "") and "can't be sent" in caplog.text


def test_somebody_who_leaves_during_the_conversation_leaves_no_trace(app: Flask, site: Any, post: Any) -> None:
    write(app, "ana")

    def leave(mail_row: Outgoing) -> None:
        account_mails.forget(0, mail_row.recipient)
        raise smtp.Unreachable("away")

    assert outgoing_mail.deliver(leave) == 0
    db.session.rollback()
    assert db.session.scalars(select(Outgoing)).all() == []


def test_old_mails_are_forgotten_but_not_those_that_are_tried_again(
    app: Flask, site: Any, post: Any, clock: Clock
) -> None:
    office = post(answers={"ana@example.org": "550 no", "zoe@example.org": "550 no"})
    site(office.url())
    write(app, "ana", "eli", "zoe")
    assert mail.deliver() == 1
    clock.forward(days=29, hours=23)
    assert outgoing_mail.purge() == 0
    office.answers = {"ana@example.org": "450 later", "zoe@example.org": "550 no"}
    assert mails.retry() == (2, 0)
    assert mail.deliver() == 0
    clock.forward(days=2)
    assert outgoing_mail.purge() == 2, "the one that left, and the one that was refused again"
    office.answers.clear()
    assert mail.deliver() == 1 and recipients(office) == ["eli", "ana"]
    assert outgoing_mail.purge() == 1


def test_mails_of_a_site_without_a_server_are_forgotten_too(app: Flask, clock: Clock) -> None:
    write(app, "ana")
    clock.forward(days=31)
    assert outgoing_mail.purge() == 1
