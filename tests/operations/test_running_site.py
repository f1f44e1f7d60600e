"""The site as an upgrade finds it: one that is too busy to answer is not taken for one that was stopped."""

import socket
import threading
from collections.abc import Iterator

import pytest

from app.operations import running_site
from tests.support.network import free_port


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    monkeypatch.setattr(running_site, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def ask(listener: socket.socket) -> str:
    return running_site.ask({"HOST": "127.0.0.1", "PORT": listener.getsockname()[1]})


def test_who_takes_the_connection_and_does_not_answer_is_silent(listener: socket.socket) -> None:
    assert ask(listener) == running_site.SILENT


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (b"", running_site.SILENT),
        (b"SSH-2.0-OpenSSH_9.2\r\n", ""),
        (b"HTTP/1.1 200 OK\r\n\r\nanother program", ""),
        (b"HTTP/1.1 200 OK\r\n\r\nready", running_site.OPEN),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\nnot ready: maintenance", running_site.CLOSED),
    ],
)
def test_what_an_answer_says(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch, answer: bytes, found: str
) -> None:
    monkeypatch.setattr(running_site, "PATIENCE", 30)

    def reply() -> None:
        connection, _address = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(answer)

    thread = threading.Thread(target=reply)
    thread.start()
    assert ask(listener) == found
    thread.join()


def test_where_nobody_listens_nobody_is() -> None:
    assert running_site.ask({"HOST": "127.0.0.1", "PORT": free_port()}) == ""
