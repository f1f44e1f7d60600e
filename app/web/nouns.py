"""The nouns of the web, found by themselves: a package with its blueprint, on which the views of its files stand."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint

from app.web.notices import unsubscribe
from app.web.site import appearance

HERE = Path(__file__).parent
# What every page needs, and what stands before all of them: no view stands there.
WITHOUT_VIEWS = {"frame", "page_cache"}
NOUNS = sorted({file.parent.name for file in HERE.glob("*/*.py")} - WITHOUT_VIEWS)
# The acts that take no token of a form: two that keep a word in a cookie, and one whose address is signed.
WITHOUT_TOKEN = (appearance.choose_language, appearance.choose_theme, unsubscribe.stop)


def load_blueprint(noun: str) -> Blueprint:
    """Return the blueprint of a noun with all its views; raise RuntimeError where there is none of its name."""
    module = f"app.web.{noun}.bp"
    bp = getattr(import_module(module), "bp", None) if find_spec(module) else None
    if not isinstance(bp, Blueprint) or bp.name != noun:
        raise RuntimeError(
            f'app/web/{noun}/bp.py: write bp = Blueprint("{noun}", __name__), on which the views of {noun} stand'
        )
    for file in sorted((HERE / noun).glob("*.py")):
        import_module(f"app.web.{noun}.{file.stem}")
    return bp


BLUEPRINTS = [load_blueprint(noun) for noun in NOUNS]
