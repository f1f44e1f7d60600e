"""A browser for tests: keeps cookies, reads the tokens of the pages it sees, and posts the forms they hold."""

import contextvars
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Response, has_app_context
from flask.testing import FlaskClient

from app.core.db import db
from tests.support import forms

# Read without the whole page being parsed: a suite asks for thousands of them.
TOKEN = re.compile(r'<input\b(?=[^>]*\bname="csrf_token")[^>]*\bvalue="([^"]+)"')
PAGES_WITH_A_FORM = ("/login", "/account", "/")


AS_SHOWN = "as the page shows"
"""The value of a hidden field of `forge` that is taken from the page of the form."""


class Answer(Response):
    """A response that can be looked into: `.soup` is its page, `.words` what a person reads there."""

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.get_data(as_text=True), "html.parser")

    @property
    def words(self) -> str:
        return " ".join(self.soup.get_text(" ").split())


class Browser(FlaskClient):
    """Each request runs as it would on the server: in a context and a session of its own."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs["response_wrapper"] = Answer
        super().__init__(*args, **kwargs)
        self.token: str | None = None

    def open(self, *args: Any, htmx: bool = False, **kwargs: Any) -> Any:
        if htmx:
            kwargs["headers"] = {"HX-Request": "true"} | dict(kwargs.get("headers") or {})
        # What the test read before is over: it shall see what the request wrote, and hold no lock meanwhile.
        # (A redirect that is followed comes back here from inside, where nothing was read.)
        if has_app_context():
            db.session.rollback()
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        if answer.mimetype == "text/html" and not answer.content_encoding:
            self._remember(answer)
        return answer

    @contextmanager
    def keep_cookies(self) -> Iterator[None]:
        """Have the cookies and the token of before again, whatever the requests of this block change."""
        cookies, token = dict(self._cookies), self.token
        yield
        self._cookies, self.token = cookies, token

    def _remember(self, answer: Any) -> None:
        found = TOKEN.search(answer.get_data(as_text=True))
        if found:
            self.token = html.unescape(found[1])

    def forge(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        headers: dict[str, str] | None = None,
        htmx: bool = False,
        follow: bool = False,
        **fields: Any,
    ) -> Any:
        """Post these fields, with a valid token and the headers of a browser, whether or not a page could send them.

        For attacks, races and the matrix; what a person does goes through `submit`.
        """
        form = {"csrf_token": self.token or self._token()} | (data or {}) | fields
        form = {name: value for name, value in self._as_shown(path, form).items() if value is not None}
        all_headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"} | (headers or {})
        return super().post(path, data=form, headers=all_headers, htmx=htmx, follow_redirects=follow)

    def _as_shown(self, path: str, form: dict[str, Any]) -> dict[str, Any]:
        """Put what the page of a form shows now in the place of `AS_SHOWN`; of a list, its last choice."""
        names = [name for name, value in form.items() if value == AS_SHOWN]
        if not names:
            return form
        page = self.get(path).soup
        shown = 'main [name="{0}"][value], main [name="{0}"] option:last-child'
        fields = {name: page.select_one(shown.format(name)) for name in names}
        return form | {name: field["value"] if field else "" for name, field in fields.items()}

    def post(self, path: str, **kwargs: Any) -> Any:
        raise AssertionError("say `submit` for what a page sends, `forge` or `post_raw` for what none could")

    def post_raw(self, path: str, **kwargs: Any) -> Any:
        """Post exactly this: no token, no header of a browser (see FlaskClient.post)."""
        return super().post(path, **kwargs)

    def submit(
        self,
        page: Any,
        form: str | Tag = "form",
        *,
        button: str | None = None,
        headers: dict[str, str] | None = None,
        htmx: bool = False,
        follow: bool = False,
        **fields: Any,
    ) -> Any:
        """Fill a form of a page (an answer or a path) that a CSS selector names, and send it as a browser does.

        `fields` replace what the form holds; None unticks. What nobody could give with this form (no such field, a
        hidden one, a choice that is not offered) is an error: `forge` sends it. `button` is the value of the button
        that is pressed, empty for one that has none (else the first one).
        """
        page = self.get(page) if isinstance(page, str) else page
        found = page.soup.select_one(form) if isinstance(form, str) else form
        assert found is not None, f"no {form} on {page.request.path}: {page.status}"
        wrong = list(forms.refusals(found, page.soup, fields))
        assert not wrong, f"{page.request.path}: {'; '.join(wrong)}"
        values = forms.initial_values(found, page.soup, button) | fields
        values = {name: value for name, value in values.items() if value is not None}
        action = urljoin(page.request.full_path.rstrip("?"), forms.destination(found, button))
        if str(found.get("method", "get")).lower() == "get":
            return self.get(urlsplit(action).path, query_string=values, headers=headers, htmx=htmx)
        all_headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"} | (headers or {})
        return super().post(action, data=values, headers=all_headers, htmx=htmx, follow_redirects=follow)

    def _token(self) -> str:
        for path in PAGES_WITH_A_FORM:
            self.get(path)
            if self.token:
                return self.token
        raise AssertionError("no page with a form gave a token")
