"""Where a request comes from."""
import ipaddress

from flask import request


def address() -> str:
    """Name where the request comes from; a whole IPv6 network of 64 bits is one place."""
    given = request.remote_addr or ""
    if ":" in given and "." not in given:
        given = str(ipaddress.ip_network((given.split("%")[0], 64), strict=False))
    return f"address:{given}"
