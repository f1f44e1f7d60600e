"""Templates at work: what they import is made once, and their texts are looked up without a detour."""
from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined, Template, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from app.web.frame import locale

# Macros whose HTML depends on their arguments alone; a page calls them a hundred times.
DRAWINGS = ("icon", "logo")


class HouseTemplate(Template):
    """A template whose macros are made once for all who import them.

    Jinja compares the globals of whoever imports with those of the template, at each of the hundred imports of a page;
    ours are the same everywhere.
    """

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        is_new, module = self._module is None, super()._get_default_module()
        for name in DRAWINGS if is_new and self.name == "components/icons.html" else ():
            setattr(module, name, lru_cache(maxsize=500, typed=True)(getattr(module, name)))
        return module


def init_app(app: Flask) -> None:
    """Set what templates are made of; it comes before anything reads `app.jinja_env`."""
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True,
                         "cache_size": -1}
    app.jinja_env.template_class = HouseTemplate


def take_texts(app: Flask) -> None:
    """Have templates ask our catalogues for their texts, in one step."""
    app.jinja_env.globals.update(_=_translate, gettext=_translate, ngettext=_translate_number)


@pass_eval_context
def _translate(context: EvalContext, text: str, /, **values: Any) -> str:
    return _fill(context, locale.texts().gettext(text), values)


@pass_eval_context
def _translate_number(context: EvalContext, one: str, many: str, number: int, /, **values: Any) -> str:
    return _fill(context, locale.texts().ngettext(one, many, number), {"num": number} | values)


def _fill(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    """Put values in a text as Jinja does: all of it is a format, and what enters a page is escaped."""
    found = Markup(text) if context.autoescape else text
    return found % values if "%" in text else found
