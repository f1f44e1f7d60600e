"""The page of a refusal, in sweeps that look at its code alone: most of what a refusal costs is to draw it."""
from typing import Any

import pytest
from flask import request, session

from app.web.frame import errors


def draw_few(patch: pytest.MonkeyPatch) -> None:
    """Have the page of each code drawn once for each reader, and once at each address for each method.

    What it shows depends on these two: a page that fails still answers 500 to that reader, or at that address. The
    other times its words are left out; the code and the headers are those of the product.
    """
    drawn = set[tuple[Any, ...]]()
    draw = errors.render_template

    def draw_once(template: str, **values: Any) -> str:
        reader = values["code"], session.get("_user_id")
        place = values["code"], request.method, request.endpoint
        if {reader, place} <= drawn:
            return ""
        drawn.update({reader, place})
        return draw(template, **values)

    patch.setattr(errors, "render_template", draw_once)
