"""The key of the site can be changed: what was made under the former one is good as long as that one stands behind."""
import ast
from collections.abc import Iterator

import pytest
from flask import Flask
from itsdangerous import Serializer

from app import HOUSE
from app.core.keys import Purpose
from tests.support import keys
from tests.support.clock import Clock
from tests.support.keys import FORMER, MADE, OLD, PRESENT, Making
from tests.support.make import Make

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
    assert set(MADE) == set(Purpose)


def test_no_other_module_reads_the_settings_of_the_keys() -> None:
    names = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "WTF_CSRF_SECRET_KEY", "SECURITY_PASSWORD_SALT", "PASSWORD_SALT"}
    found = {str(file.relative_to(HOUSE)) for file in (HOUSE / "app").rglob("*.py")
             for node in ast.walk(ast.parse(file.read_text()))
             if (isinstance(node, ast.Constant) and node.value in names) or getattr(node, "attr", "") == "secret_key"}
    assert found == {"app/core/keys.py", "app/operations/configuration.py"}


def test_whatever_the_libraries_sign_they_sign_under_the_present_key(changed: Flask) -> None:
    """Also what features would sign that are turned off."""
    library = vars(changed.extensions["security"])
    signed_with = {name: one.secret_keys[-1] for name, one in library.items() if isinstance(one, Serializer)}
    assert len(signed_with) >= 10 and set(signed_with.values()) == {PRESENT.encode()}


def test_what_was_made_under_a_key_is_good_under_another_with_it_behind_and_refused_in_words_without_it(
        app: Flask, changed: Flask, alone: Flask, make: Make, clock: Clock) -> None:
    without, behind = {}, {}
    for purpose in Purpose:
        use = MADE[purpose](Making(app, make, clock))
        without[purpose], behind[purpose] = use(alone), use(changed)
    assert without == dict.fromkeys(Purpose, False)
    assert behind == dict.fromkeys(Purpose, True)


def test_what_is_made_while_a_former_key_stands_behind_does_not_need_it(
        changed: Flask, alone: Flask, make: Make, clock: Clock) -> None:
    made = [purpose for purpose in Purpose if purpose not in OLD]
    found = {purpose: MADE[purpose](Making(changed, make, clock))(alone) for purpose in made}
    assert found == dict.fromkeys(made, True)
