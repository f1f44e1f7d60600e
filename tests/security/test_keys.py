"""The key of the site can be changed: what was made under the former one is good as long as that one stands behind."""

import ast
from collections.abc import Iterator

import pytest
from flask import Flask
from itsdangerous import Serializer

from app import HOUSE
from app.core.keys import Purpose
from tests.security import site_keys as keys
from tests.security.key_purposes import MADE, OLD
from tests.security.site_keys import FORMER, PRESENT, Making
from tests.support.clock import Clock
from tests.support.make import PASSWORD, Make

pytestmark = pytest.mark.both_engines


@pytest.fixture
def changed(app: Flask) -> Iterator[Flask]:
    """The site with a new key, and the former one behind it."""
    with keys.site(app, PRESENT, FORMER) as found:
        yield found


@pytest.fixture
def alone(app: Flask) -> Iterator[Flask]:
    """The site with the new key alone: the former one was taken away, or is lost."""
    with keys.site(app, PRESENT) as found:
        yield found


def test_each_purpose_is_tried() -> None:
    missing = set(Purpose) - MADE.keys()
    assert not missing, f"{missing}: nothing is made under it: UNDER_KEY of the matrix.py of its noun does"


def test_no_other_module_reads_the_settings_of_the_keys() -> None:
    names = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "WTF_CSRF_SECRET_KEY", "SECURITY_PASSWORD_SALT", "PASSWORD_SALT"}
    found = {
        str(file.relative_to(HOUSE))
        for file in (HOUSE / "app").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if (isinstance(node, ast.Constant) and node.value in names) or getattr(node, "attr", "") == "secret_key"
    }
    assert found == {"app/core/keys.py", "app/operations/configuration.py"}


def test_whatever_the_libraries_sign_they_sign_under_the_present_key(changed: Flask) -> None:
    """Also what features would sign that are turned off."""
    library = vars(changed.extensions["security"])
    signed_with = {name: one.secret_keys[-1] for name, one in library.items() if isinstance(one, Serializer)}
    assert len(signed_with) >= 10 and set(signed_with.values()) == {PRESENT.encode()}


def test_what_was_made_under_a_key_is_good_under_another_with_it_behind_and_refused_in_words_without_it(
    app: Flask, changed: Flask, alone: Flask, make: Make, clock: Clock
) -> None:
    without, behind = {}, {}
    for purpose in Purpose:
        use = MADE[purpose](Making(app, make, clock))
        without[purpose], behind[purpose] = use(alone), use(changed)
    assert without == dict.fromkeys(Purpose, False)
    assert behind == dict.fromkeys(Purpose, True)


def test_what_is_made_while_a_former_key_stands_behind_does_not_need_it(
    changed: Flask, alone: Flask, make: Make, clock: Clock
) -> None:
    made = [purpose for purpose in Purpose if purpose not in OLD]
    found = {purpose: MADE[purpose](Making(changed, make, clock))(alone) for purpose in made}
    assert found == dict.fromkeys(made, True)


def test_an_invitation_that_a_browser_holds_outlives_a_changed_key_and_its_link_a_lost_one(
    app: Flask, changed: Flask, alone: Flask, make: Make, clock: Clock
) -> None:
    user, room = make.user(), make.community(is_private=True)
    make.invitation(room, user.email, "une invitation", by_id=make.user(facilitates=[room]).id)
    browser = Making(app, make, clock).browser(user)
    assert browser.get("/invitations/une%20invitation").location == "/invitations/link"
    assert room.name in keys.move(browser, changed).get("/invitations/link").words
    elsewhere = Making(alone, make, clock).browser(user)
    assert room.name in elsewhere.get("/invitations/une%20invitation", follow_redirects=True).words


def test_a_text_that_is_sent_after_the_key_was_lost_waits_for_its_writer_to_sign_in(
    app: Flask, alone: Flask, make: Make, clock: Clock
) -> None:
    user = make.user()
    browser = Making(app, make, clock).browser(user)
    page = browser.get("/ideas/new")
    moved = keys.move(browser, alone)
    answer = moved.submit(page, "main form", title="Un banc devant chaque école")
    assert answer.status_code == 401 and "Un banc devant chaque école" in answer.words
    back = moved.submit(answer, "form[action='/login']", email=user.email, password=PASSWORD)
    assert back.status_code == 200 and "Un banc devant chaque école" in back.words
