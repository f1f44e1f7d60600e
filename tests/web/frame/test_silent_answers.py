"""An act says what it did, whatever its view forgets."""

import pytest
from flask import Flask

from tests.support.browser import Browser


def test_an_act_that_forgets_its_message_warns_its_author_and_the_person_is_told_all_the_same(
    app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.view_functions["site.choose_theme"], "without_message", "")
    with pytest.warns(
        RuntimeWarning, match=r"site\.choose_theme answers .*`done` of app/web/frame/responses\.py.* without_message="
    ):
        page = visitor.forge("/theme", theme="dark", next="/about", follow=True)
    assert "C’est fait." in page.soup.select_one("#flashes").get_text()
