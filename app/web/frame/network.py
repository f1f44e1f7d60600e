"""Where a request comes from."""
import ipaddress

from flask import request


def address() -> str:
    """Return a key for the address of the request; a whole IPv6 network of 64 bits has one key."""
    ip = request.remote_addr or ""
    if ":" in ip and "." not in ip:
        ip = str(ipaddress.ip_network((ip.split("%")[0], 64), strict=False))
    return f"address:{ip}"
