"""Browsers: each request over a connection of its own, noted with its answer; forms as their pages show them."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import SimpleCookie
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup, SoupStrainer

from bench import settings
from bench.faults.trees import HEADER
from tests.support import forms

MARK = '<meta name="drill" content="'
# In seconds: how long a form is sent again, and what a person waits between two tries.
PATIENCE, PAUSE = 120.0, 0.5


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 where the connection was refused or cut."""

    status: int
    headers: Message
    text: str

    @property
    def place(self) -> str:
        return urlsplit(self.headers.get("Location", "")).path


@dataclass
class Journal:
    """What all browsers met: answers by their status, faults with their moment and step, when the site was closed."""

    step: str = "before"
    may_refuse: bool = False
    patience: float = PATIENCE
    begin: float = field(default_factory=time.monotonic)
    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    moments: list[tuple[float, bool]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, method: str, path: str, answer: Answer) -> None:
        with self._lock:
            self.statuses[str(answer.status) if answer.status else answer.text] += 1
            # Files need no site that is open.
            if not path.startswith("/static/"):
                self.moments.append((time.monotonic(), answer.status not in (0, 503)))
        if answer.status == 0 and not self.may_refuse:
            self.fault(f"{method} {path}: {answer.text}")
        if answer.status >= 500 and answer.status != 503:
            self.fault(f"{method} {path}: {answer.status}")
        if answer.status == 503 and not answer.headers.get("Retry-After"):
            self.fault(f"{method} {path}: 503 without Retry-After")
        self._note_version(method, path, answer)

    def _note_version(self, method: str, path: str, answer: Answer) -> None:
        program, page = answer.headers.get(HEADER), answer.text.partition(MARK)[2].partition('"')[0]
        if program and page and program != page:
            self.fault(f"{method} {path}: the program of {program!r} gave a page of {page!r}")

    def fault(self, text: str) -> None:
        with self._lock:
            self.faults.append(f"{time.monotonic() - self.begin:6.1f} s, {self.step}: {text}")

    def longest_closed(self) -> float:
        """Return the longest time in which nobody was answered but by a refusal, in seconds."""
        answered = sorted(moment for moment, is_good in self.moments if is_good)
        refused = [moment for moment, is_good in self.moments if not is_good]
        return max((b - a for a, b in pairwise(answered) if any(a < one < b for one in refused)), default=0.0)


class Browser:
    """One person's: it keeps cookies, takes forms from pages, and sends again what could not be taken."""

    def __init__(self, port: int, address: str, journal: Journal):
        self.port, self.journal = port, journal
        self.cookies = SimpleCookie()
        self.headers = {
            "Host": f"{settings.HOST}:{port}",
            "Origin": f"https://{settings.HOST}:{port}",
            "X-Forwarded-For": address,
            "X-Forwarded-Proto": "https",
            "Accept": "text/html",
            "Accept-Language": "fr-CA",
            "Connection": "close",
        }

    def ask(self, path: str, fields: Mapping[str, Any] | None = None) -> Answer:
        method = "GET" if fields is None else "POST"
        answer = self._send(method, path, fields)
        self.journal.note(method, path, answer)
        return answer

    def _send(self, method: str, path: str, fields: Mapping[str, Any] | None) -> Answer:
        headers = self.headers | {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}
        body = None if fields is None else urlencode(fields, doseq=True)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(settings.HOST, self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, Message(), type(error).__name__)
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(line.partition(";")[0])
        return Answer(answer.status, answer.headers, text)

    def read(self, path: str) -> Answer:
        """Open a page, again and again while the site is closed."""
        begin, answer = time.monotonic(), self.ask(path)
        while answer.status in (0, 503) and time.monotonic() < begin + self.journal.patience:
            time.sleep(PAUSE)
            answer = self.ask(path)
        return answer

    def submit(self, page: Answer, selector: str, button: str | None = None, **typed: Any) -> Answer:
        """Fill the form of a page and send it; what comes back unsent is sent again as it came back."""
        action, fields = read_form(page, selector, button)
        fields |= typed
        begin, answer = time.monotonic(), self.ask(action, fields)
        while answer.status in (0, 503) and time.monotonic() < begin + self.journal.patience:
            if answer.status == 503:
                fields = self._take_back(answer, action, fields, typed)
            time.sleep(PAUSE)
            answer = self.ask(action, fields)
        return answer

    def _take_back(self, answer: Answer, action: str, fields: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
        """Return what a refusal gives back, to be sent as it is but for a password, which is typed again."""
        try:
            found = read_form(answer, f'form[action="{action}"]')[1]
        except LookupError as error:
            self.journal.fault(f"POST {action}: 503 did not give back the form: {error}")
            return fields
        found |= {name: typed[name] for name in ("password",) if name in typed}
        lost = [name for name, value in typed.items() if found.get(name) != value]
        if lost:
            self.journal.fault(f"POST {action}: 503 lost what was typed as {', '.join(lost)}")
        return found


def read_form(page: Answer, selector: str, button: str | None = None) -> tuple[str, dict[str, Any]]:
    """Return where the form of a page leads, and the fields as it shows them. Raise LookupError."""
    soup = BeautifulSoup(page.text, "html.parser", parse_only=SoupStrainer("form"))
    form = soup.select_one(selector)
    if form is None:
        title = page.text.partition("<title>")[2].partition("</title>")[0].strip()
        raise LookupError(f"no {selector} in the answer {page.status} {page.place or title!r}")
    return str(form["action"]), forms.initial_values(form, soup, button)
