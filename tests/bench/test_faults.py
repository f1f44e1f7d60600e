"""The drill of an upgrade itself: what it takes for a fault, and that the version to come can still be made."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app import HOUSE
from bench.faults import browser, trees
from bench.faults.browser import Answer, Browser, Journal

PAGE = '<form action="/ideas/new"><input type="hidden" name="key" value="1"><textarea name="body">{typed}</textarea></form>'


def answer(status: int, text: str = "", **headers: str) -> Answer:
    message = Message()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return Answer(status, message, text)


@contextmanager
def serve(answers: list[Answer]) -> Iterator[int]:
    """Serve these answers in turn."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            one = answers.pop(0)
            self.send_response(one.status)
            for name, value in one.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(one.text.encode())

        def log_message(self, *_words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(
    ("refusal", "fault"),
    [
        (answer(503, PAGE.format(typed="Bonjour"), Retry_After="5"), ""),
        (answer(503, PAGE.format(typed="Bonjour")), "503 without Retry-After"),
        (answer(503, PAGE.format(typed=""), Retry_After="5"), "503 lost what was typed as body"),
        (answer(503, "Revenez", Retry_After="5"), "503 did not give back the form"),
        (answer(500, "Revenez"), "500"),
        (answer(503, PAGE.format(typed="Bonjour"), Retry_After="5", X_Drill="next"), ""),
        (
            answer(
                503, PAGE.format(typed="Bonjour") + '<meta name="drill" content="old">', Retry_After="5", X_Drill="next"
            ),
            "the program of 'next' gave a page of 'old'",
        ),
    ],
)
def test_a_form_that_could_not_be_taken_must_come_back_whole_to_be_sent_again(
    monkeypatch: pytest.MonkeyPatch, refusal: Answer, fault: str
) -> None:
    monkeypatch.setattr(browser, "PAUSE", 0)
    journal = Journal()
    with serve([refusal, answer(303, Location="/ideas/7")]) as port:
        taken = Browser(port, "10.0.0.1", journal).submit(answer(200, PAGE.format(typed="")), "form", body="Bonjour")
    assert taken.status == (500 if refusal.status == 500 else 303)
    assert len(journal.faults) == bool(fault) and fault in "".join(journal.faults)


def test_nobody_who_answers_is_a_fault_unless_the_site_is_stopped() -> None:
    with serve([]) as port:
        pass
    for may_refuse in (False, True):
        journal = Journal(may_refuse=may_refuse, patience=0)
        assert Browser(port, "10.0.0.1", journal).ask("/").status == 0
        assert len(journal.faults) == (not may_refuse)


def test_the_site_is_closed_from_one_good_answer_to_the_next() -> None:
    journal = Journal(moments=[(1.0, True), (2.0, True), (3.0, False), (4.5, False), (6.0, True), (9.0, True)])
    assert journal.longest_closed() == 4.0


def test_the_version_to_come_can_be_made_of_the_present_one() -> None:
    lacking = [(path, old) for path, old, _new in trees.MARKS + trees.COLUMNS if old not in (HOUSE / path).read_text()]
    assert not lacking
