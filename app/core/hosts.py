"""Names of machines, and mail addresses at them, in the letters that the network takes."""

import ipaddress
import re
from email.errors import InvalidHeaderDefect
from email.headerregistry import Address
from email.policy import default
from typing import Any

import idna

LABEL = "[a-z0-9_-]{1,63}"
NAME = re.compile(rf"{LABEL}(\.{LABEL})*\.?", re.IGNORECASE)
LONGEST = 253


def in_ascii(host: str) -> str:
    """Write a name or an address as name servers and mail servers take it (xn--…); ValueError when it is neither."""
    if ":" in host:
        return str(ipaddress.ip_address(host))
    name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise ValueError("no name of a machine")
    return name


def parse_sender(text: str) -> str:
    """Write who sends, as every mail server takes it; ValueError unless it is one address, unaccented before the @."""
    header: Any = default.header_factory("From", text)
    [found] = header.addresses
    if not found.username.isascii() or any(isinstance(one, InvalidHeaderDefect) for one in header.defects):
        raise ValueError("no address")
    return str(Address(found.display_name, found.username, in_ascii(found.domain)))


def readdress(address: str) -> str:
    """Write the host of an address as every mail server takes it: few take accents."""
    name, _at, host = address.rpartition("@")
    return address if host.isascii() else f"{name}@{in_ascii(host)}"
