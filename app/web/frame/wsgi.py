"""WSGI, as the servers of PEP 3333 have it: what stands before the application, and the end of an answer."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

Environ = dict[str, Any]
Start = Callable[..., Any]
App = Callable[[Environ, Start], Iterable[bytes]]


def put_before(app: Flask, front: App) -> None:
    """Have `front` asked first: it asks what the application was until now."""
    vars(app)["wsgi_app"] = front


def read_whole(answer: Iterable[bytes]) -> bytes:
    """Return all the bytes of an answer, and end it."""
    try:
        return b"".join(answer)
    finally:
        close(answer)


def close(answer: Iterable[bytes]) -> None:
    """End an answer, as a server does once it sent what it wanted of it; most have nothing to end."""
    end: Callable[[], None] | None = getattr(answer, "close", None)
    if end is not None:
        end()
