"""No test speaks to the outside: sockets open on this machine only."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class OutsideWorld(AssertionError):
    """A test tried to reach another machine."""


def guard(patch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and every look-up that leaves this machine."""
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _inside(getattr(socket.socket, name)))
    look_up = socket.getaddrinfo

    def look_up_inside(host: Any, *args: Any, **kwargs: Any) -> Any:
        _check(host)
        return look_up(host, *args, **kwargs)

    patch.setattr(socket, "getaddrinfo", look_up_inside)


def free_port() -> int:
    """Return a port of this machine where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _inside(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connect_inside(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(address[0])
        return connect(self, address)

    return connect_inside


def _check(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        is_inside = ipaddress.ip_address(name).is_loopback
    except ValueError:
        is_inside = False
    if not is_inside:
        raise OutsideWorld(f"a test tried to reach {name}")
