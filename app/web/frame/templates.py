"""Templates at work: their sources are read when the site starts, and what they import is made once.

What stands in their folder later may be of another version, which this process knows nothing of; in development too, a
template that was changed is shown once the site is started again.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import DictLoader, StrictUndefined, Template
from jinja2.runtime import Context

# Macros whose HTML depends on their arguments alone; a page calls them a hundred times.
DRAWINGS = ("icon", "logo")


class HouseTemplate(Template):
    """A template whose macros are made once for all who import them, and whose globals are those of all.

    Jinja compares the globals of whoever imports with those of the template, at each of the hundred imports of a page,
    and looks in two places for each of a hundred globals at each drawing; ours are the same everywhere.
    """

    def new_context(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> Context:
        values = vars or {}
        if not shared:
            values = {**self.environment.globals, **values}
        return super().new_context(values, shared=True, locals=locals)

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        is_new, module = self._module is None, super()._get_default_module()
        for name in DRAWINGS if is_new and self.name == "components/icons.html" else ():
            setattr(module, name, lru_cache(maxsize=500, typed=True)(getattr(module, name)))
        return module


def init_app(app: Flask) -> None:
    """Set what templates are made of; it comes before anything reads `app.jinja_env`."""
    app.jinja_options = {
        **app.jinja_options,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": -1,
        "loader": DictLoader(_read_all(Path(str(app.template_folder)))),
    }
    app.jinja_env.template_class = HouseTemplate


def _read_all(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def find_source(app: Flask, name: str) -> str | None:
    """Return the source of a template, or of what else stands in its folder."""
    loader = app.jinja_env.loader
    assert isinstance(loader, DictLoader)
    return loader.mapping.get(name)
