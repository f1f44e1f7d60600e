"""The page of a refusal, drawn once for each reader and each kind: a sweep asks thousands of times who is refused."""
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.web.frame import errors, locale
from app.web.frame.session import me


@contextmanager
def drawn_once() -> Iterator[None]:
    """Give the page of a refusal that a reader was given before: one piece of code draws them all.

    A refusal that brings back what was typed is drawn each time.
    """
    draw, drawn = errors.render_template, dict[tuple[Any, ...], str]()

    def draw_once(template: str, **values: Any) -> str:
        if values["unsent_form"]:
            return draw(template, **values)
        key = me().id, locale.language(), values["code"], values["message"]
        if key not in drawn:
            drawn[key] = draw(template, **values)
        return drawn[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(errors, "render_template", draw_once)
        yield
