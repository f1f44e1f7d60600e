"""A route that declares too little keeps the site from starting: it is told where, and what to write."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Blueprint, Flask

from app import BLUEPRINTS, create_app
from app.web import nouns
from app.web.accounts import attempts
from app.web.frame import routes
from app.web.frame.form_limits import counted_by_service, unlimited
from app.web.frame.routes import members, public
from app.web.site.home import VISIT as SIGN
from tests.support.house import SETTINGS

pytestmark = pytest.mark.one_engine

HERE = r"tests/web/frame/test_forgetful_routes\.py:\d+ sign"


def site(declare: Callable[[Any], Any] | None, *methods: str) -> Flask:
    """Return a site of one address, whose view is declared so."""

    def sign() -> str:
        return ""

    bare = Flask(__name__, static_folder=None)
    bare.add_url_rule(
        "/petitions", endpoint="petitions.sign", view_func=declare(sign) if declare else sign, methods=methods
    )
    return bare


@pytest.mark.parametrize(
    ("declare", "method", "told"),
    [
        pytest.param(None, "GET", r"no permission\. Write @members\(…\) or @public\(…\)", id="no permission"),
        pytest.param(members(SIGN), "POST", r'no limit\. Write .* such as limit="team"', id="no limit"),
        pytest.param(
            public(SIGN, limit="stroll"), "POST", r"limit='stroll'.*app/accounts/allowances\.py", id="no such kind"
        ),
        pytest.param(
            members(SIGN, limit=counted_by_service("stroll")), "POST", "stroll.*ALLOWANCES", id="no such count"
        ),
        pytest.param(members(SIGN, limit=unlimited("")), "POST", r"its reason in unlimited\(…\)", id="no reason"),
        pytest.param(members(SIGN, limit="team"), "GET", "takes no form: take limit=", id="a limit of no form"),
        pytest.param(members(SIGN, without_message="it is a page"), "GET", "takes no form", id="a silence of no form"),
    ],
)
def test_a_forgetful_route_is_told_what_to_write_and_where(declare: Any, method: str, told: str) -> None:
    with pytest.raises(RuntimeError, match=f"{HERE}: .*{told}"):
        routes.check(site(declare, method))


def test_the_site_itself_does_not_start_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    petitions = Blueprint("petitions", __name__)
    petitions.add_url_rule("/petitions", "sign", members(SIGN)(lambda: ""), methods=["POST"])
    monkeypatch.setattr("app.BLUEPRINTS", [*BLUEPRINTS, petitions])
    with pytest.raises(RuntimeError, match=r"test_forgetful_routes\.py:\d+ <lambda>: takes a form and has no limit"):
        create_app(**SETTINGS, DATA_DIR=tmp_path)


@pytest.mark.parametrize("module", [None, SimpleNamespace(), SimpleNamespace(bp=Blueprint("petition", __name__))])
def test_a_noun_without_its_blueprint_is_told_what_to_write_and_where(
    module: SimpleNamespace | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nouns, "find_spec", lambda _module: module)
    monkeypatch.setattr(nouns, "import_module", lambda _module: module)
    with pytest.raises(RuntimeError, match=r'^app/web/petitions/bp\.py: write bp = Blueprint\("petitions", __name__\)'):
        nouns.load_blueprint("petitions")


def test_a_route_that_declares_enough_is_told_nothing() -> None:
    for limit in ("team", counted_by_service("comment"), unlimited("it keeps nothing")):
        routes.check(site(members(SIGN, limit=limit), "POST"))


def test_all_the_forgetful_routes_are_told_at_once() -> None:
    bare = site(members(SIGN), "POST")
    bare.add_url_rule("/petitions/new", endpoint="petitions.new", view_func=lambda: "")
    with pytest.raises(RuntimeError, match=r"(?s)sign: .*\n.*lambda.*: declares no permission"):
        routes.check(bare)


def test_a_form_of_flask_security_without_a_limit_is_told_where_these_stand(app: Flask) -> None:
    bare = site(None, "GET")
    bare.add_url_rule("/us-signin", endpoint="security.us_signin", view_func=lambda: "", methods=["POST"])
    with pytest.raises(RuntimeError, match=r"/us-signin .*'us_signin' in LIMITS of app/web/accounts/attempts\.py"):
        attempts.declare(bare)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert attempts.LIMITS.keys() == {
        rule.endpoint.removeprefix("security.") for rule in rules if rule.endpoint.startswith("security.")
    }
    assert attempts.WITHOUT_MESSAGE.keys() <= attempts.LIMITS.keys()
