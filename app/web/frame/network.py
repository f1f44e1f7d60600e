"""Where a request comes from, and to which host it was sent."""

import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache

from flask import request

# As proxies write an address: alone, in brackets, with a port that each connection has another of, with a zone.
WITH_PORT = re.compile(r"(?:\[([^\]]*)\]|([0-9.]+))(?::\d*)?")
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+?)\.?(?::(\d{1,5}))?")
UNKNOWN = "address:unknown"
# What machines ask for, whatever the host: it must answer while the database does not.
OF_MACHINES = ("site.healthz", "site.readyz")


def network_key() -> str:
    """Return a key for the address of the request; a whole IPv6 network of 64 bits has one key."""
    return key_of_ip(request.remote_addr or "")


@lru_cache(maxsize=4096)
def key_of_ip(ip: str) -> str:
    """Return the key of a network address; what is none, as some proxies write (`unknown`), has one key for all."""
    found = WITH_PORT.fullmatch(ip.strip())
    bare = (found[1] or found[2] or "") if found else ip.strip()
    try:
        number = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(number, ipaddress.IPv6Address):
        number = number.ipv4_mapped or number
    is_long = number.version == 6
    return f"address:{ipaddress.ip_network((number, 64), strict=False) if is_long else number}"


def is_one_of(host: str, hosts: Collection[str]) -> bool:
    """Tell whether the Host of a request names one of these, whatever its case and its port."""
    found = HOST.fullmatch(host.lower())
    if found is None or not 0 < int(found[2] or 1) < 2**16:
        return False
    return _shortest(found[1]) in {_shortest(one.lower()) for one in hosts}


def _shortest(host: str) -> str:
    """Write an IPv6 address in its one form; leave a name as it is."""
    try:
        return f"[{ipaddress.IPv6Address(host.strip('[]'))}]" if host.startswith("[") else host
    except ValueError:
        return host
