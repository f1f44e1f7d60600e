"""Addresses that do not exist, as real mail servers say it: twice, and until they take a mail."""

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from app.core import account_mails, dead_addresses
from app.core import mail as outgoing_mail
from app.core.unit import unit
from app.operations import mails
from app.web.frame import mail
from tests.support.clock import Clock

NAMES = ("ana", "eli", "zoe")


@pytest.fixture
def office(app: Flask, post: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The mail server of the site, which knows none of them."""
    found = post(answers={f"{name}@example.org": "550 5.1.1 no" for name in NAMES})
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    monkeypatch.setitem(app.config, "MAIL_URL", found.url())
    return found


def write(app: Flask, names: Sequence[str], key: str) -> None:
    with unit():
        for name in names:
            outgoing_mail.queue(
                f"{name} {key}",
                message_id=outgoing_mail.new_message_id(app.config),
                recipient=f"{name}@example.org",
                subject="s",
                text="t",
                html="",
            )


def dead_names() -> list[str]:
    return [name for name in NAMES if dead_addresses.is_dead(f"{name}@example.org")]


@pytest.mark.parametrize(
    ("answer", "is_dead"),
    [
        ("550 5.1.1 no such user", True),
        ("550-5.1.1 no such\r\n550 5.1.1 user", True),
        ("550 5.7.1 spam", False),
        ("550 no such user", False),
        ("554 5.1.10 null MX", False),
        ("450 4.1.1 not now", False),
    ],
)
def test_an_address_is_silent_once_its_server_said_twice_that_it_does_not_exist(
    app: Flask, office: Any, answer: str, is_dead: bool
) -> None:
    office.answers = {"ana@example.org": answer}
    for key, dead in (("first", []), ("second", ["ana"] if is_dead else [])):
        write(app, ["ana"], key)
        assert mail.deliver() == 0 and dead_names() == dead


def test_an_address_that_takes_a_mail_or_whose_account_closes_is_tried_anew_and_any_is_after_a_year(
    app: Flask, office: Any, clock: Clock
) -> None:
    for key in ("first", "second"):
        write(app, NAMES, key)
        assert mail.deliver() == 0
    assert dead_names() == list(NAMES)
    del office.answers["ana@example.org"]
    mails.retry()
    assert mail.deliver() == 2
    account_mails.forget(0, "eli@example.org")
    assert dead_names() == ["zoe"]
    clock.forward(days=366)
    outgoing_mail.purge()
    assert dead_names() == []
