"""`reflexe mail`: whether mails leave, and another chance for those that did not."""

import email
import email.policy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from app.command import make as make_app
from app.command import reflexe
from app.core import clock, jobs
from app.core.mail import Outgoing, list_due_ids
from app.core.unit import unit
from app.web.frame import mail
from tests.support.house import SETTINGS, site
from tests.support.make import Make
from tests.support.post_office import PASSWORD
from tests.support.terminal import run


@pytest.mark.one_engine
def test_a_mail_of_test_leaves_at_once_in_both_languages(
    app: Flask, engine: str, post: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = post(tls="required")
    monkeypatch.setitem(app.config, "MAIL_URL", office.url())
    output = run(app, "mail", "test", "Ana@Example.org").stdout
    message = email.message_from_bytes(office.messages[0], policy=email.policy.default)
    assert (
        f"mail.example.org:{office.port} took the mail over TLS. If ana@example.org" in output
        and message["Message-ID"] in output
    )
    assert message["To"] == "ana@example.org" and message["From"] == "reflexe@example.org"
    assert "Si vous le lisez" in message.get_content() and "If you are reading it" in message.get_content()
    assert list_due_ids() == []


@pytest.mark.one_engine
def test_what_keeps_it_back_is_one_line(app: Flask, engine: str, post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "MAIL_URL is not set" in run(app, "mail", "test", "ana@example.org", code=1).stderr
    office = post(answers={"ana@example.org": "550 5.1.1 no such user"})
    for url, words in (
        (office.url(), "refuses the address: 550 5.1.1 no such user"),
        (office.url(password="un autre"), "refuses the user or the password"),
        (post(tls="none").url(), "a password is never sent without"),
        ("smtp://127.0.0.1:1", "connection refused"),
    ):
        monkeypatch.setitem(app.config, "MAIL_URL", url)
        error = run(app, "mail", "test", "ana@example.org", code=1).stderr
        assert words in error and len(error.splitlines()) == 1 and PASSWORD not in error
    assert "ADDRESS" in run(app, "mail", "test", "nobody", code=2).stderr


@pytest.mark.parametrize(
    "setting",
    [
        {"MAIL_URL": "mail.example.org:587"},
        {"MAIL_URL": "smtp://moi:se/cret@mail.example.org"},
        {"MAIL_URL": "smtp://mail..example.org"},
        {"MAIL_URL": f"smtp://{'a' * 64}.example.org"},
        {"MAIL_FROM": "Le site"},
        {"MAIL_FROM": "Le site\n<a@example.org>"},
        {"MAIL_FROM": "é@example.org"},
        {"MAIL_FROM": "a@example.org, b@example.org"},
        {"MAIL_FROM": "a@b@example.org"},
        {"MAIL_FROM": "a@example..org"},
        {"MAIL_FROM": f"a@{'a' * 64}.org"},
        {"MAIL_FROM": "a b@example.org"},
        {"MAIL_FROM": "<>"},
    ],
)
def test_a_setting_with_which_no_mail_could_leave_is_one_line(tmp_path: Path, setting: dict[str, str]) -> None:
    result = CliRunner().invoke(reflexe, ["check"], obj=lambda: make_app(**SETTINGS | setting, DATA_DIR=tmp_path))
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.startswith(f"Error: {next(iter(setting))}: it must ") and len(result.stderr.splitlines()) == 1
    assert "cret" not in result.stderr


def test_mails_leave_from_a_site_whose_name_has_accents(post: Any, tmp_path: Path) -> None:
    """`mail test`, `check` and the worker say the same name, in the letters that every server takes."""
    office = post(takes_accents=False)
    with site(tmp_path, SITE_URL="http://Forêt.test", MAIL_URL=office.url(), MAIL_FROM="") as app:
        assert "took the mail over TLS" in run(app, "mail", "test", "ana@forêt.test").stdout
        assert "takes mails from no-reply@xn--fort-ipa.test, over TLS" in run(app, "check").stdout
        with unit(), app.test_request_context(base_url=app.config["SITE_URL"]):
            mail.send(
                "welcome",
                recipient="ana@example.org",
                locale="fr",
                user_id=None,
                url=mail.endpoint_url("site.home"),
                name="Ana",
            )
        assert mail.deliver() == 1
    for content in office.messages:
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert message["Message-ID"].endswith("@xn--fort-ipa.test>") and message["From"] == "no-reply@xn--fort-ipa.test"
    assert len(office.messages) == 2 and b"http://xn--fort-ipa.test/" in office.messages[1]


def test_retry_gives_another_chance_to_what_was_refused_and_given_up(app: Flask, make: Make) -> None:
    assert "No mail was refused or given up." in run(app, "mail", "retry").stdout
    for name, end in (
        ("a", {"refused_at": clock.now()}),
        ("b", {"refused_at": clock.now()}),
        ("c", {"given_up_at": clock.now()}),
    ):
        make.add(Outgoing(key=name, message_id=name, recipient="a@example.org", subject="s", text="t", html="h", **end))
    before = jobs.count_waiting(app.extensions["huey"])
    assert "3 will be tried again: 2 refused, 1 given up." in run(app, "mail", "retry").stdout
    assert len(list_due_ids()) == 3 and jobs.count_waiting(app.extensions["huey"]) == before + 1
    assert json.loads(run(app, "mail", "retry", "--json").stdout) == {"refused": 0, "given_up": 0}
