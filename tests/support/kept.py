"""What a reader is given when this process keeps nothing of what it read before."""
import re
from typing import Any

import pytest

from app.core import versions
from tests.support.browser import Browser

# What is another one each time: tokens, and the keys of forms.
MOMENTARY = re.compile(rb'(<input [^>]*name="(?:csrf_token|form_key|stamp)"[^>]*value=")[^"]*|(<input [^>]*value=")[^"]*("[^>]*name="csrf_token")')


def words(answer: Any) -> tuple[int, bytes]:
    """Return what is lasting of an answer: its status and its body."""
    return answer.status_code, MOMENTARY.sub(rb"\1\2\3", answer.data)


def anew(browser: Browser, path: str, **options: Any) -> Any:
    """Ask for a page with nothing kept; what others are given afterwards is kept as it was before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "shelf", versions.Shelf())
        return browser.get(path, **options)
