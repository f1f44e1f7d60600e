"""The first page is made of parts: one that fails by our fault is left out, and the others are shown."""

import logging
from collections.abc import Callable, Mapping

from flask import current_app, g
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from app.core.unit import read_anew
from app.operations import outages

logger = logging.getLogger(__name__)

Part = Callable[[], Markup]


def draw_parts(parts: Mapping[str, Part]) -> dict[str, Markup]:
    """Draw each part, in this order; an empty text stands for one that has nothing to show, or that failed."""
    return {name: _try(name, part) for name, part in parts.items()}


def _try(name: str, part: Part) -> Markup:
    try:
        return part()
    except HTTPException:
        raise
    except Exception as error:
        # While the database is away, each of them would fail.
        if current_app.testing or outages.explain(error):
            raise
        logger.exception("The part %s of the first page was left out", name)
        read_anew()
        g.lacks_part = True
        return Markup()
