"""An address that takes forms alone leads whoever reads it to the page that has its form."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.matrix import Row
from tests.support.browser import Browser
from tests.support.world import ROLES, World, browsers
from tests.test_routes import TABLE, address
from tests.test_shown_forms import FORMLESS, FOUND_BY

PRESSED = "its page shows it once the act that it takes back was done"
# Whose form no page of the square shows to somebody who is led to it, and why.
UNSHOWN = FORMLESS | {
    "POST /account/address/revival": "it is shown to whom no mail reaches: tests/web/notices/test_dead_addresses.py",
    "POST /account/sessions/<id:session_id>/revocation": "one's own session is left by signing out",
    "POST /account/two-factor/<token>": "the answer of another form shows it: tests/web/accounts/test_two_factor_setup.py",
    "POST /moderation/<slug>/sitting/end": "it is on the desk once a sitting was opened",
    "POST /logout": "the menu of every page has it, once one is signed in",
    "POST /moderation/<slug>/reading": "it is in a queue of the desk that one is led to",
    "POST /ideas/<id:idea_id>/status/review": "nobody asked for a review: tests/web/ideas/test_answer_review.py",
    "POST /ideas/<id:idea_id>/status/restoration": PRESSED,
    "POST /ideas/<id:idea_id>/vote/name": PRESSED,
    **{
        f"POST {place}/withdrawal": PRESSED
        for place in (
            "/comments/<id:comment_id>/used",
            "/comments/<id:comment_id>/useful",
            "/events/<id:event_id>/door/<id:registration_id>/arrival",
            "/events/<id:event_id>/door/hall",
            "/ideas/<id:idea_id>/assignment",
            "/ideas/<id:idea_id>/vote",
            "/issues/<slug>/follow",
            "/moderation/cases/<id:case_id>/assignment",
            "/tags/<slug>/follow",
            "/territories/<code>/follow",
        )
    },
}


@pytest.fixture
def people(full_square: World, sign_in: Callable[[Any], Browser], visitor: Browser) -> dict[str, Browser]:
    return browsers(full_square, sign_in, visitor)


@pytest.mark.one_engine
def test_each_of_them_leads_whoever_may_send_the_form_to_a_page_that_they_read(
    app: Flask, full_square: World, people: dict[str, Browser]
) -> None:
    rules, shown, wrong = rules_of_forms_alone(app), set(), []
    # What is opened here is read: notices of it come first.
    in_order = sorted(TABLE, key=lambda row: "/notifications" not in row.rule)
    for row in (row for row in in_order if row.rule in rules):
        role = FOUND_BY.get(row.rule) or next(iter(able(row)), "")
        for path in {address(full_square, row, state) for state in row.states.split() or [""]} if role else ():
            with people[role].keep_cookies():
                answer = people[role].get(path)
                page = people[role].get(answer.location or path, follow_redirects=True)
            if (answer.status_code, page.status_code) != (302, 200):
                wrong.append(f"{row.rule} ({role}): {answer.status_code}, then {page.status_code} of {answer.location}")
            shown |= {row.rule} if f'action="{path}' in page.text else set()
    assert not wrong, "\n".join(wrong)
    assert rules - shown <= UNSHOWN.keys(), rules - shown - UNSHOWN.keys()


def rules_of_forms_alone(app: Flask) -> set[str]:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.rule, set()).update(rule.methods or ())
    return {f"POST {rule}" for rule, found in methods.items() if "GET" not in found}


def able(row: Row) -> list[str]:
    return [role for role, code in row.codes(ROLES).items() if code in (200, 303)]


def test_it_says_nothing_of_what_exists(make: Any, visitor: Browser) -> None:
    draft, idea = make.idea(status="draft"), make.idea()
    for idea_id in (draft.id, idea.id, 999_999):
        assert visitor.get(f"/ideas/{idea_id}/comments").location == f"/ideas/{idea_id}"


def test_the_language_and_the_theme_that_were_asked_for_go_along(make: Any, visitor: Browser) -> None:
    answer = visitor.get(f"/ideas/{make.idea().id}/vote?lang=en&theme=dark&x=y")
    assert answer.location.endswith("?lang=en&theme=dark")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_what_no_address_takes_is_refused_still(make: Any, visitor: Browser, method: str) -> None:
    assert visitor.open(f"/ideas/{make.idea().id}/vote", method=method).status_code in (400, 405)
    assert visitor.open("/healthz", method=method).status_code in (400, 405)
