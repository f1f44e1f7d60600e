"""What is measured under abuse: a line for each, which says when nobody was answered."""

import socket
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.errors import Invalid
from app.exchange.plan_file import tables, xlsx_guard
from bench import abuse, abuses, settings, workbooks


def test_a_line_says_how_long_answers_took_and_that_some_did_not_come() -> None:
    found = {"/healthz": [1.0] * 19 + [3.0], "/ideas": [2.0, float("inf")]}
    cells = abuse.row("none", found).split()
    assert cells[:2] == ["none", "1.0"] and cells[3] == "3.0" and cells[-2:] == ["inf", "21/22"]


def test_a_site_that_is_not_there_answers_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECONDS", 0)
    monkeypatch.setattr(abuse, "PAUSE", 0.2)
    with socket.socket() as taken:
        taken.bind((settings.HOST, 0))
        assert abuse.row("", abuse.measure(taken.getsockname()[1])).split("inf")[-1].strip().startswith("0/")


def test_the_workbook_that_is_sent_is_refused_for_what_it_would_hold() -> None:
    workbook = workbooks.make()
    assert len(workbook) < 100_000
    with pytest.raises(Invalid) as refusal:
        xlsx_guard.examine(workbook)
    assert refusal.value.message == tables.TOO_LARGE


@pytest.mark.parametrize("name", ["12 unfinished bodies", "200 unfinished heads", "forms of 201 parts", "none"])
def test_an_abuse_goes_on_while_it_is_measured_and_then_ends(name: str) -> None:
    with socket.create_server((settings.HOST, 0), backlog=512) as listener:
        server: Any = SimpleNamespace(port=listener.getsockname()[1], pid=0)
        with abuse.ABUSES[name](server):
            if name != "none":
                link = listener.accept()[0]
                assert link.recv(1 << 16)[:4] in (b"POST", b"GET ")
                link.sendall(b"HTTP/1.1 413 \r\n\r\n")
                link.close()
                listener.close()
    assert abuses.unfinished_heads(1)
