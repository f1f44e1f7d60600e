"""Every regular expression of the product, with the ways in which it is used: found in the code, so that a new one joins."""

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

HOUSE = Path(__file__).parents[2]
FUNCTIONS = {"match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn"}
_CLASSES = (tuple, list, set, frozenset)


class Use(NamedTuple):
    """A pattern and a method of it that the code calls; `place` is the first file that does."""

    place: str
    pattern: "re.Pattern[Any]"
    method: str


def uses() -> list[Use]:
    """Return each (pattern, method) of `app` and `config.py`, once.

    A pattern of which no method is named (one of several, in a loop) is used as its module uses what has no name; in
    every way, where that is not seen.
    """
    named: dict[re.Pattern[Any], dict[str, str]] = defaultdict(dict)
    held: dict[re.Pattern[Any], dict[str, str]] = {}
    for place, module, tree in _modules():
        patterns, unnamed = dict.fromkeys(_held(vars(module).values())), set[str]()
        for pattern, method in _calls(module, tree):
            if pattern is None:
                unnamed.add(method)
            elif method:
                named[pattern].setdefault(method, place)
            elif pattern.pattern not in {one.pattern for one in patterns}:
                patterns[pattern] = None
        for pattern in patterns:
            held.setdefault(pattern, dict.fromkeys(sorted(unnamed) or ("match", "fullmatch", "search"), place))
    found = held | named
    return [Use(place, pattern, method) for pattern, methods in found.items() for method, place in methods.items()]


def _modules() -> Iterator[tuple[str, ModuleType, ast.Module]]:
    for file in sorted([*(HOUSE / "app").rglob("*.py"), HOUSE / "config.py"]):
        text = file.read_text()
        if "re." in text:
            parts = file.relative_to(HOUSE).with_suffix("").parts
            name = ".".join(part for part in parts if part != "__init__")
            yield str(file.relative_to(HOUSE)), importlib.import_module(name), ast.parse(text)


def _held(values: Any) -> Iterator["re.Pattern[Any]"]:
    """Yield the patterns among values, and in what holds several."""
    for value in values:
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, _CLASSES):
            yield from _held(value)
        elif isinstance(value, dict):
            yield from _held(value.values())


def _calls(module: ModuleType, tree: ast.Module) -> Iterator[tuple["re.Pattern[Any] | None", str]]:
    """Yield the pattern and the method of `re.sub(…)`, `_WORD.sub` or `characters.UNSAFE.sub`.

    The method is "" where it is not said (`re.compile`), the pattern None where it has no name in the module.
    """
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and _is_re(node.func.value)
            and node.args
        ):
            pattern = _value(module, node.args[0])
            pattern = re.compile(pattern) if isinstance(pattern, str | bytes) else pattern
            if isinstance(pattern, re.Pattern):
                yield pattern, node.func.attr if node.func.attr in FUNCTIONS else ""
        elif isinstance(node, ast.Attribute) and node.attr in FUNCTIONS and not _is_re(node.value):
            pattern = _value(module, node.value)
            if isinstance(pattern, re.Pattern):
                yield pattern, node.attr
            elif isinstance(pattern, _Text):
                yield None, node.attr


def _is_re(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "re"


def _value(module: ModuleType, node: ast.expr) -> Any:
    """Return what an expression is where it stands in a module; a name that is not of the module is some text."""
    if not isinstance(node, ast.Name | ast.Attribute | ast.JoinedStr | ast.Constant | ast.BinOp):
        return None
    try:
        return eval(compile(ast.Expression(node), "", "eval"), vars(module), _Local(module))
    except (AttributeError, TypeError, NameError, re.error):
        return None


class _Local(dict[str, Any]):
    """The names of a function, of which nothing is known: each is some text."""

    def __init__(self, module: ModuleType):
        super().__init__()
        self._module = module

    def __missing__(self, name: str) -> Any:
        if hasattr(self._module, name) or name in dir(__builtins__):
            raise KeyError(name)
        return _Text("x")


class _Text(str):
    def __getattr__(self, name: str) -> "_Text":
        return self
