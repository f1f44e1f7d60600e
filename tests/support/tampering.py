"""Send the form of a page with what the page would not let anybody give."""

from typing import Any
from urllib.parse import urljoin

from tests.support.browser import Browser
from tests.support.forms import initial_values


def tamper(browser: Browser, page: Any, form: str = "form", *, button: str | None = None, **fields: Any) -> Any:
    """Post a form of a page (an answer or a path) with these fields in the place of its own; None leaves one out.

    For hidden fields that somebody replaces and choices that are not offered; what a page can send is for `submit`.
    """
    page = browser.get(page) if isinstance(page, str) else page
    found = page.soup.select_one(form)
    assert found is not None, f"no {form} on {page.request.path}: {page.status}"
    action = urljoin(page.request.full_path.rstrip("?"), str(found.get("action") or ""))
    return browser.forge(action, initial_values(found, page.soup, button) | fields)
