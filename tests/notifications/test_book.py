"""The documentation says what is told, to whom and at which pace, as the code does."""

import pytest
from flask import Flask

from app import HOUSE
from tests.support import notices_book as book


@pytest.mark.one_engine
def test_what_is_told_is_printed_in_the_documentation(app: Flask) -> None:
    text = book.page(app)
    is_printed = book.FILE.read_text(encoding="utf-8") == text
    command = ".venv/bin/python -m tests.support.notices_book"
    assert is_printed, f"{book.FILE.relative_to(HOUSE)} is of before: {command} prints it again"
    assert "|  |" not in text, "each function says who is told"
