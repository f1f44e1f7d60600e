"""An act says what it did, whatever its view forgets."""

from typing import Any

import pytest

from app.web.frame import answers
from tests.support.browser import Browser


def test_an_act_that_forgets_its_message_warns_its_author_and_the_person_is_told_all_the_same(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(answers.SILENT, "site.choose_theme")
    with pytest.warns(RuntimeWarning, match="choose_theme"):
        page = visitor.forge("/theme", theme="dark", next="/about", follow=True)
    assert "C’est fait." in page.soup.select_one("#flashes").get_text()


def test_an_address_that_answers_without_a_message_and_is_not_there_keeps_the_site_from_starting(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(answers.SILENT, "ideas.no_such_act", "a reason")
    with pytest.raises(RuntimeError, match="no_such_act"):
        answers.check(app)
