"""The page of a refusal, in sweeps that meet thousands: half of what a refusal costs is to draw it."""
from typing import Any

import pytest
from flask import request, session

from app.web.frame import errors, unsent_form


def draw_few(patch: pytest.MonkeyPatch) -> None:
    """Have the page of each refusal drawn once for each reader, and once for each view, method and message.

    It is given nothing else: a page that fails still answers 500 to that reader, or at that address, and one that tells
    too much still tells it there. The other times its words are left out; the code and the headers are the product's.
    """
    drawn = set[tuple[Any, ...]]()
    draw = errors.render_template

    def draw_once(template: str, **values: Any) -> str:
        reader = template, values.get("code"), session.get("_user_id")
        place = template, values.get("code"), request.method, request.endpoint, str(values.get("message"))
        if {reader, place} <= drawn:
            return ""
        drawn.update({reader, place})
        return draw(template, **values)

    for module in (errors, unsent_form):
        patch.setattr(module, "render_template", draw_once)
