"""Odd addresses and odd methods: nowhere, or not allowed; never an error of ours."""

import random
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import EnvironBuilder
from werkzeug.routing import MapAdapter

from tests.support import tables
from tests.support.browser import Browser
from tests.support.world import World

NOT_NUMBERS = (
    "0",
    "01",
    "001",
    "1e0",
    "-1",
    "+1",
    "１",
    "١",
    "²",
    "1.0",
    "1,0",
    "0x1",
    "1_0",
    "1 ",
    " 1",
    "1\t",
    "1\n",
    "1\x00",
    "\x00",
    "2147483648",
    "4294967297",
    "99999999999999999999",
    "9" * 400,
    "NaN",
    "Infinity",
    "None",
    "null",
    "true",
    "[1]",
    "1;2",
    "1'--",
    "../1",
    "..",
    "%2e%2e",
    "1\\..",
    "{{7*7}}",
    "$" + "{7*7}",
    "<b>",
    "1‮",
    "1/..",
)
NOT_NAMES = (
    "\x00",
    "securite-alimentaire\x00",
    "SECURITE-ALIMENTAIRE",
    "securite-alimentaire ",
    "sécurité-alimentaire",
    "%00",
    "..",
    ".",
    "../../etc/passwd",
    "%2e%2e%2f",
    "' OR 1=1 --",
    '"',
    "{{7*7}}",
    "<script>",
    "a" * 2000,
    "é" * 500,
    "‮",
    "0",
    "-1",
    "None",
    "__proto__",
    "new/..",
    "\\",
    "education\r\nX-A: b",
    "🧑‍🌾",
)
NUMBER, NAME = re.compile(r"<(?:id|part):\w+>"), re.compile(r"<(slug|code|token)>")
# A part of a draft has a number below zero until it has a row.
UNSIGNED = re.compile(r"<id:\w+>")
DRAW, FEW = 20, 1
Draw = Callable[[tuple[str, ...]], list[str]]
METHODS, FOREIGN = ("GET", "HEAD", "POST"), ("PUT", "DELETE", "TRACE", "FROBNICATE")


def rules(app: Flask) -> Iterator[tuple[str, set[str]]]:
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/fs-static/"):
            yield rule.rule, (rule.methods or set()) - {"HEAD", "OPTIONS"}


def one_by_one(rule: str, variable: re.Pattern[str], odd: str) -> Iterator[str]:
    """Put the odd value in each place of that kind, and something plausible in the others."""
    for found in variable.finditer(rule):
        path = rule[: found.start()] + quote(odd, safe="%") + rule[found.end() :]
        for kind, usual in (
            (NUMBER, "1"),
            (re.compile("<slug>"), "securite-alimentaire"),
            (re.compile("<code>"), "70052"),
            (re.compile("<token>"), "faux"),
            (re.compile(r"<any\((\w+)[^>]*>"), r"\1"),
        ):
            path = kind.sub(usual, path)
        yield path


@pytest.fixture
def boss(world: World, sign_in: Callable[[Any], Browser]) -> Browser:
    return sign_in(world.people["coordinator"])


@pytest.fixture(params=[pytest.param(False, id="sample"), pytest.param(True, id="all", marks=pytest.mark.soak)])
def draw(request: pytest.FixtureRequest) -> Draw:
    """Draw a value for each rule, another for the next one; all of them in the soak."""
    chance = random.Random(DRAW)
    return lambda values: list(values) if request.param else chance.sample(values, FEW)


class Refusals:
    """The refusals of the router that were seen already, since one piece of code gives all those of one kind.

    A kind is the method and the odd value of an address that leads nowhere, or the method that an address does not take
    and those that it takes. The first of each kind is to be asked for; of the others, the router says enough.
    """

    def __init__(self, app: Flask):
        self._app, self._seen = app, set[tuple[str, ...]]()

    def repeats_nowhere(self, method: str, path: str, odd: str) -> bool:
        """Return whether an address leads nowhere, as one of its kind did before; note it where it leads nowhere."""
        return not self._at(method, path).test() and self._note(method, odd)

    def repeats_method(self, method: str, path: str, methods: set[str]) -> bool:
        """Return whether an address takes `methods` and not this one, as one of its kind did before; note it likewise."""
        allowed = set(self._at(method, path).allowed_methods())
        return methods <= allowed and method not in allowed and self._note(method, *sorted(allowed))

    def _at(self, method: str, path: str) -> MapAdapter:
        adapter = self._app.create_url_adapter(EnvironBuilder(self._app, path, method=method).get_request())
        assert adapter is not None
        return adapter

    def _note(self, *kind: str) -> bool:
        """Note a kind of refusal; return whether it was noted before."""
        is_repeated = kind in self._seen
        self._seen.add(kind)
        return is_repeated


def test_a_number_that_is_none_is_nowhere(app: Flask, boss: Browser, draw: Draw) -> None:
    before, wrong, refusals = tables.photo(), [], Refusals(app)
    for rule, methods in rules(app):
        for odd in draw(NOT_NUMBERS):
            for path in one_by_one(rule, UNSIGNED if odd == "-1" else NUMBER, odd):
                for method in methods:
                    if refusals.repeats_nowhere(method, path, odd):
                        continue
                    code = boss.open(
                        path, method=method, data={"csrf_token": boss.token} if method == "POST" else None
                    ).status_code
                    if code not in (400, 404, 405):
                        wrong.append(f"{method} {path!r} ({rule}): {code}")
    assert not wrong, "\n".join(wrong)
    assert tables.differences(before, tables.photo()) == set()


def test_a_name_that_is_none_is_nowhere(app: Flask, boss: Browser, draw: Draw) -> None:
    before, wrong, refusals = tables.photo(), [], Refusals(app)
    for rule, methods in rules(app):
        for odd in draw(NOT_NAMES):
            for path in one_by_one(rule, NAME, odd):
                for method in methods:
                    if refusals.repeats_nowhere(method, path, odd):
                        continue
                    answer = boss.open(
                        path, method=method, data={"csrf_token": boss.token} if method == "POST" else None
                    )
                    if answer.status_code >= 500 or (answer.status_code < 300 and "-<slug>" not in rule):
                        wrong.append(f"{method} {path!r} ({rule}): {answer.status_code}")
                    wrong += [f"{path!r} leads to {answer.location}" for _once in [1] if leads_away(answer)]
    assert not wrong, "\n".join(wrong)
    assert tables.differences(before, tables.photo()) == set()


def leads_away(answer: Any) -> bool:
    place = answer.headers.get("Location", "/")
    return not (place.startswith("/") or place.startswith("http://localhost/")) or place.startswith(("//", "/\\"))


@pytest.mark.one_engine
def test_a_method_that_is_not_for_an_address_is_refused_with_those_that_are(app: Flask, boss: Browser) -> None:
    before, wrong, refusals = tables.photo(), [], Refusals(app)
    methods_of: dict[str, set[str]] = {}
    for rule, methods in rules(app):
        methods_of.setdefault(rule, set()).update(methods)
    for n, (rule, methods) in enumerate(methods_of.items()):
        path = next(one_by_one(rule + "<id:end>", re.compile("<id:end>"), ""))
        for method in (*METHODS, FOREIGN[n % len(FOREIGN)]):
            if method in methods | ({"HEAD"} if "GET" in methods else set()) or refusals.repeats_method(
                method, path, methods
            ):
                continue
            answer = boss.open(path, method=method, data={"csrf_token": boss.token})
            if answer.status_code == 302 and method in ("GET", "HEAD") and not leads_away(answer):
                continue  # Whoever reads the address of an act is led to its form.
            methods_named = set(answer.headers.get("Allow", "").split(", "))
            if answer.status_code != 405 or not methods <= methods_named:
                wrong.append(f"{method} {path}: {answer.status_code} {methods_named}")
    assert not wrong, "\n".join(wrong)
    assert tables.differences(before, tables.photo()) == set()


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/ideas",
        "/\\evil.example",
        "/ideas//",
        "/ideas/",
        "/ideas/1/",
        "/%2f%2fevil.example",
        "/http://evil.example",
        "/ideas/..%2f..%2fconfig",
        "/.env",
        "/.git/config",
        "/static",
        "/static/",
        "/%c0%ae%c0%ae/",
        "/%ff",
        "/ideas%00",
        "/ideas;jsessionid=1",
        "/IDEAS",
        "/" + "a/" * 3000,
        "/console",
        "/?__debugger__=yes&cmd=resource&f=style.css",
    ],
)
def test_an_odd_address_is_nowhere_and_leads_nowhere(visitor: Browser, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code in (200, 308, 400, 404, 414) and not leads_away(answer)
    assert answer.status_code != 200 or path.startswith("/?")
