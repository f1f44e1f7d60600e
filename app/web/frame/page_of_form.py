"""The page that holds the form of an act: whoever asks to read an address that takes forms alone is led there.

It is found in the addresses of the site alone, and no row is read: the answer tells nobody what exists.
"""

from typing import Any

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from app.web.frame import locale


def find_address() -> str | None:
    """Return the address of the page that holds the form of this act; None where this address takes no form.

    That page and the act may share their address. Else the act stands under its page (`/ideas/7/vote`): it is the
    nearest address above that may be read, unless the view names another one (`form_on`).
    """
    addresses = current_app.create_url_adapter(request)
    found = addresses and _match(addresses, request.path, "POST")
    if not addresses or not found:
        return None
    if _match(addresses, request.path, "GET"):
        return locale.this_page()
    view: Any = current_app.view_functions[found[0]]
    page = getattr(view, "form_on", "")
    return _address(page, found[1]) if page else _find_above(addresses, request.path)


def _address(endpoint: str, parts: dict[str, Any]) -> str:
    """Return the address of a page, for the parts of the address of the act that it has too."""
    rule = next(current_app.url_map.iter_rules(endpoint))
    return url_for(endpoint, **{name: value for name, value in parts.items() if name in rule.arguments})


def _find_above(addresses: MapAdapter, path: str) -> str:
    while path:
        path = path.rpartition("/")[0]
        found = _match(addresses, path or "/", "GET")
        if found:
            return url_for(found[0], **found[1])
    return url_for("site.home")


def _match(addresses: MapAdapter, path: str, method: str) -> tuple[str, dict[str, Any]] | None:
    """Return what answers an address asked for in this way, and its parts; None where nothing does."""
    try:
        endpoint, parts = addresses.match(path, method)
    except HTTPException:
        return None
    return endpoint, dict(parts)
