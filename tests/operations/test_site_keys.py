"""A key of the site that is changed or lost: what an operator reads, what is made anew, and that no database holds it."""

import base64
import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models.people import User
from app.accounts.password_hashes import KEYED
from app.core import keys as known_keys
from app.core import site_key
from app.core.db import db
from app.core.keys import Purpose
from app.operations import backup, check, site_keys
from tests.security import site_keys as keys
from tests.security.key_purposes import MADE
from tests.security.site_keys import FORMER, PRESENT, Making, old_code_hash, old_hash
from tests.support import postgresql
from tests.support.accounts import enter, is_in, set_up_second_factor
from tests.support.accounts import secret_of as secret_of_page
from tests.support.browser import Browser
from tests.support.clock import Clock
from tests.support.make import PASSWORD, Make
from tests.support.terminal import run


@pytest.fixture
def begun(app: Flask) -> Flask:
    """A site whose database was made under the former key."""
    run(app, "migrate")
    return app


@pytest.fixture
def changed(begun: Flask) -> Iterator[Flask]:
    with keys.site(begun, PRESENT, FORMER) as found:
        yield found


@pytest.fixture
def alone(begun: Flask) -> Iterator[Flask]:
    with keys.site(begun, PRESENT) as found:
        yield found


def finding(app: Flask) -> check.Finding:
    db.session.rollback()
    return next(one for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "key")


def test_the_key_of_a_new_site_is_noted_by_its_mark(begun: Flask) -> None:
    db.session.rollback()
    assert site_key.find_mark() == known_keys.mark(FORMER) and FORMER not in str(site_key.find_mark())
    assert (finding(begun).grade, finding(begun).text) == ("ok", "nothing in the database needs a former one")


def test_a_key_that_the_database_was_not_made_with_is_wrong_until_it_is_put_back_or_given_up(
    alone: Flask, changed: Flask
) -> None:
    run(alone, "migrate")
    assert finding(alone).grade == "wrong" and "SECRET_KEY_FALLBACKS" in finding(alone).text
    assert finding(changed).grade == "ok"
    run(alone, "migrate", "--new-key")
    assert finding(alone).grade == "ok"


def test_a_key_that_was_changed_is_taken_up_and_the_former_one_may_go(changed: Flask, alone: Flask) -> None:
    run(changed, "migrate")
    assert "SECRET_KEY_FALLBACKS may go" in finding(changed).text
    assert (finding(alone).grade, finding(alone).text) == ("ok", "nothing in the database needs a former one")


def test_what_needs_a_key_is_counted(changed: Flask, alone: Flask, make: Make, sign_in: Any) -> None:
    make.user(password=KEYED + old_hash(PASSWORD), mf_recovery_codes=[old_code_hash("0123-4567-89ab")])
    make.user(password=KEYED + old_hash(PASSWORD))
    set_up_second_factor(sign_in(make.user()))
    need = site_keys.count_need(known_keys.get_keys(changed.config))
    assert need == site_keys.Need(passwords=2, recovery_codes=1, authenticators=1, unreadable=0)
    text = finding(changed).text
    assert (
        "2 accounts whose password" in text
        and "1 accounts whose recovery codes" in text
        and "1 authenticators under" in text
    )
    assert text.endswith("keep SECRET_KEY_FALLBACKS meanwhile")
    assert "1 authenticators that no known key reads" in finding(alone).text and "meanwhile" not in finding(alone).text


def test_authenticators_are_encrypted_anew_so_that_the_former_key_may_go(
    changed: Flask, alone: Flask, make: Make, sign_in: Any, clock: Clock
) -> None:
    user = make.user()
    email, secret = user.email, set_up_second_factor(sign_in(user))
    make.user(tf_totp_secret="not a secret")
    run(changed, "migrate")
    clock.forward(minutes=2)
    browser = Browser(alone)
    page = browser.get(enter(browser, email).headers["Location"])
    assert browser.submit(page, "main form", code=pyotp.TOTP(secret).now()).status_code == 303 and is_in(browser)
    assert site_keys.count_need(known_keys.get_keys(alone.config)).authenticators == 0


def test_whoever_has_a_recovery_code_gets_in_although_the_key_is_lost(
    alone: Flask, make: Make, sign_in: Any, clock: Clock
) -> None:
    user = make.user()
    browser = sign_in(user)
    set_up_second_factor(browser)
    page = browser.submit("/account/recovery-codes", "main form")
    code = page.soup.select_one("#codes code").get_text()
    assert len(code) == 19
    visitor = Browser(alone)
    enter(visitor, user.email)
    answer = visitor.submit("/login/code", "main form", code="123456")
    assert answer.status_code == 422 and "Prenez un de vos codes de secours" in answer.words
    assert visitor.submit("/login/recovery", "main form", code=code).status_code == 303 and is_in(visitor)
    clock.forward(minutes=2)
    page = visitor.submit("/account/two-factor", 'main form:has(input[value="authenticator"])')
    visitor.submit(page, "main form", code=pyotp.TOTP(secret_of_page(page)).now())
    db.session.rollback()
    assert site_keys.count_need(known_keys.get_keys(alone.config)).unreadable == 0


def test_a_secret_that_was_set_up_anew_meanwhile_stays(
    changed: Flask, make: Make, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make.user()
    set_up_second_factor(sign_in(user))
    monkeypatch.setattr(site_keys, "_secrets", lambda: [(user.id, secret_of(user.id))])
    with monkeypatch.context() as patch:
        patch.setattr(
            site_keys, "_mark_of", lambda secret: make.at(user, tf_totp_secret="another") and known_keys.mark(FORMER)
        )
        site_keys.take_up(known_keys.get_keys(changed.config))
    assert secret_of(user.id) == "another"


def secret_of(user_id: int) -> str:
    db.session.rollback()
    return str(db.session.scalar(select(User.tf_totp_secret).where(User.id == user_id)))


def test_no_database_and_no_backup_holds_a_key(
    make: Make, clock: Clock, platform: Flask, engine: str, tmp_path: Path
) -> None:
    """Neither as it is, nor as what stands for it just as well."""
    run(platform, "migrate")
    for purpose in Purpose:
        MADE[purpose](Making(platform, make, clock))
    with keys.site(platform, PRESENT, FORMER) as changed:
        run(changed, "migrate")
    db.session.rollback()
    witness = make.user().email
    backup.backup(tmp_path / "copy")
    content = dump(tmp_path / "copy", engine)
    assert witness.encode() in content and known_keys.mark(PRESENT).encode() in content
    assert [word for key in (FORMER, PRESENT) for word in spellings(key) if word in content] == []


def dump(file: Path, engine: str) -> bytes:
    """Return what a backup holds, as it can be read."""
    if engine == "sqlite":
        return file.read_bytes()
    return subprocess.run([postgresql.PROGRAMS / "pg_restore", "-f", "-", file], capture_output=True, check=True).stdout


def spellings(key: str) -> list[bytes]:
    plain = key.encode()
    whole_hashes = [hashlib.new(name, plain) for name in ("md5", "sha1", "sha256", "sha512")]
    return [plain, base64.b64encode(plain), plain.hex().encode(), *(one.hexdigest().encode() for one in whole_hashes)]
