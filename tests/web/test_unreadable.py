"""A form that can't be read is refused in words, whoever sends it and wherever: too large, broken, in no alphabet."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, UnicodeConverter

from tests.support.browser import Browser
from tests.support.make import Make

MULTIPART = "multipart/form-data; boundary=b"
FORM = "application/x-www-form-urlencoded"


def part(name: str, value: bytes = b"x") -> bytes:
    return b'--b\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n"


TOO_MUCH = {
    "1.2 MB": (b"body=" + b"a" * 1_200_000, FORM),
    "200 parts and one": (b"".join(part(f"f{n}") for n in range(201)) + b"--b--\r\n", MULTIPART),
    "a text of 600 kB": (part("body", b"a" * 600_000) + b"--b--\r\n", MULTIPART),
}
BROKEN = {
    "no end": (part("body", b"a" * 100), MULTIPART),
    "no boundary": (part("body"), "multipart/form-data"),
    "another boundary": (part("body"), "multipart/form-data; boundary=c"),
    "a header that is none": (b"--b\r\n:\xff\r\n\r\nx\r\n--b--\r\n", MULTIPART),
    "bytes of no alphabet": (b"body=%ff%fe\xff\xfe&title=\xc3", FORM),
    "20 000 fields": (b"&".join(b"f%d=1" % n for n in range(20_000)), FORM),
    "an unknown alphabet": (b"body=a", f"{FORM}; charset=nothing"),
    "a surrogate": (b"body=%ed%a0%80", FORM),
}


def acts(app: Flask) -> list[str]:
    """Return an address of each act of the site."""
    found = []
    with app.test_request_context():
        addresses = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "POST" in (rule.methods or ()):
                values = {name: example(one) for name, one in rule._converters.items()} | dict(rule.defaults or {})
                found.append(addresses.build(rule.endpoint, values, method="POST"))
    return sorted(set(found))


def example(converter: BaseConverter) -> Any:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return "x" if isinstance(converter, UnicodeConverter) else 1


def send(browser: Browser, path: str, body: bytes, kind: str, lang: str = "fr") -> Any:
    return browser.open(path, method="POST", data=body, content_type=kind, headers={"Accept-Language": lang})


@pytest.fixture
def in_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what nobody expected become the page of an error, as on a site."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


@pytest.mark.one_engine
@pytest.mark.parametrize("much", TOO_MUCH)
def test_too_much_is_413_in_words_at_every_act_signed_in_or_out(
    app: Flask,
    in_words: None,
    make: Make,
    visitor: Browser,
    sign_in: Callable[..., Browser],
    is_sample: bool,
    much: str,
) -> None:
    member, wrong, words = sign_in(make.user()), [], {"fr": "C’est trop volumineux", "en": "That’s too large"}
    paths = acts(app)
    assert len(paths) > 100
    for path in paths[:: 10 if is_sample and much != "1.2 MB" else 1]:
        for browser, lang in ((visitor, "en"), (member, "fr")):
            answer = send(browser, path, *TOO_MUCH[much], lang)
            if answer.status_code != 413 or words[lang] not in answer.text:
                wrong.append((path, lang, answer.status_code))
    assert wrong == []


@pytest.mark.one_engine
def test_what_is_broken_is_refused_at_every_act_and_fails_nowhere(
    app: Flask, in_words: None, make: Make, visitor: Browser, sign_in: Callable[..., Browser], is_sample: bool
) -> None:
    member, wrong, crossed = sign_in(make.user()), [], [(path, name) for path in acts(app) for name in BROKEN]
    for path, name in crossed[:: 31 if is_sample else 1]:
        for browser in (visitor, member):
            answer = send(browser, path, *BROKEN[name])
            if answer.status_code >= 500:
                wrong.append((path, name, browser is member, answer.status_code))
    assert wrong == []
