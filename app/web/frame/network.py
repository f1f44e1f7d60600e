"""Where a request comes from."""
import ipaddress
from functools import lru_cache

from flask import request


def address() -> str:
    """Return a key for the address of the request; a whole IPv6 network of 64 bits has one key."""
    return key_of(request.remote_addr or "")


@lru_cache(maxsize=4096)
def key_of(ip: str) -> str:
    """Return the key of a network address."""
    if ":" in ip and "." not in ip:
        ip = str(ipaddress.ip_network((ip.split("%")[0], 64), strict=False))
    return f"address:{ip}"
