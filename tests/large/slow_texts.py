"""Find what takes more than its share of a long text: `python -m tests.large.slow_texts sample` names it.

It is run as a process of its own, whose time is bounded: what never ends is then found too.
"""

import ast
import gc
import importlib
import inspect
import json
import re
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from time import process_time
from types import ModuleType
from typing import Any, NamedTuple

from app import HOUSE
from app.core.text import diff, plain
from app.search.query import excerpts
from app.search.query.expansion import Search
from app.search.query.parser import parse_query

# A text four times as long takes four times as long to read; by the square, sixteen times. The times of short work say nothing.
TIMES, MOST, WORTH_A_LOOK, AGAIN = 4, 9, 0.01, 7
SIZE, SIZE_OF_TEXTS = 10_000, 5_000
SECONDS = {"sample": 120, "whole": 1_800}
MODULES = (
    "core.text.plain",
    "core.text.markdown",
    "core.text.sanitize",
    "core.text.escaping",
    "core.text.characters",
    "core.text.slug",
    "search.tokens",
    "search.query.parser",
    "search.index.texts",
    "exchange.html",
    "exchange.html_tree",
    "exchange.sheets",
    "exchange.plan_file.cells",
    "exchange.plan_file.days",
    "exchange.plan_file.figures",
    "accounts.trust",
    "core.number_format",
    "ideas.queries.reading",
    "plan.queries.concerns",
)
# What looks for a passage: the commonest signs of these texts are words of it.
SEARCH = Search(parse_query("a 1 b"), {"a": ["a"], "1": ["1"], "b": ["b"]})
# What reads a text in a way of its own.
OTHERS: dict[str, Callable[[str], Any]] = {
    "word_diff": lambda text: diff.word_diff(text, text[::-1]),
    "word_diff of a change": lambda text: diff.word_diff(text, f"a {text} b"),
    "excerpt": lambda text: plain.excerpt(text, len(text) // 2),
    "passage": lambda text: excerpts.build_excerpt([text], SEARCH),
    "word_end": lambda text: plain.word_end(text, len(text) - 1),
}
# Given no text of a person: the texts of the catalogue alone, when it is made.
LEFT_OUT = {"app/core/text/typography.py"}
# The ways in which a pattern is used; those of one that the code calls by no name (one of several, in a loop).
METHODS, UNNAMED = {"findall", "finditer", "split", "sub", "subn"}, {"match", "fullmatch", "search"}
# Texts on which a slow pattern is slow are made of these signs and words, or of those of the pattern itself.
COMMON = ["a", "1", " ", "\n", "é", "<", '"', "'", "-", ".", "/", "_", "!"]
WORDS = [
    "<!--",
    "<![",
    "<b>",
    "</br",
    '<a href="',
    "http://",
    "http://a.",
    "&#",
    "a@",
    "\\",
    "**",
    "> ",
    "\r\n",
    "e\u0301",
    "https://a-",
    "d'",
    "a,",
    "a;",
    "[a](",
    "```",
    "| ",
    "1. ",
    "- ",
    "«",
    "%(",
    "a-",
    "a.",
    "=x",
    "\u200d",
    "🇦",
    "👍🏽",
]
MOST_SIGNS = 12


class Recipe(NamedTuple):
    """How a text of any size is made: what it begins with, what is repeated, and the sign that ends it."""

    start: str
    seed: str
    end: str

    def make(self, size: int) -> str:
        return self.start + self.seed * (size // len(self.seed)) + self.end


class Use(NamedTuple):
    """A pattern and a method of it that the code calls; `place` is the first file that does."""

    place: str
    pattern: "re.Pattern[Any]"
    method: str


class Reader(NamedTuple):
    name: str
    read: Callable[[str], Any]
    size: int
    recipes: Iterable[Recipe]


def uses() -> list[Use]:
    """Return each (pattern, method) of `app` and `config.py`, once: found in the code, so that a new one joins."""
    named: dict[tuple[re.Pattern[Any], str], str] = {}
    held: dict[re.Pattern[Any], str] = {}
    # What a file calls of patterns that it does not name.
    of_some: dict[str, set[str]] = {}
    for file in sorted([*(HOUSE / "app").rglob("*.py"), HOUSE / "config.py"]):
        place, text = str(file.relative_to(HOUSE)), file.read_text()
        if "re." in text:
            names = vars(importlib.import_module(place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")))
            held |= dict.fromkeys(_held(names.values()), place)
            for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
                pattern, method = _called(call, names)
                if pattern and method in METHODS | UNNAMED:
                    named.setdefault((pattern, method), place)
                elif pattern and pattern.pattern not in {one.pattern for one in held}:
                    held[pattern] = place
                elif not pattern and method in UNNAMED:
                    of_some.setdefault(place, set()).add(method)
    unnamed = held.keys() - {pattern for pattern, _method in named}
    named |= {(pattern, method): held[pattern] for pattern in unnamed for method in of_some.get(held[pattern], UNNAMED)}
    return [Use(place, pattern, method) for (pattern, method), place in named.items()]


def _held(values: Any) -> Iterator["re.Pattern[Any]"]:
    """Yield the patterns among values, and in what holds several."""
    for value in values:
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, tuple | list | set | frozenset | dict):
            yield from _held(value.values() if isinstance(value, dict) else value)


def _called(call: ast.Call, names: dict[str, Any]) -> "tuple[re.Pattern[Any] | None, str]":
    """Return the pattern and the method of `re.sub(…)`, `_WORD.sub(…)` or `characters.UNSAFE.sub(…)`."""
    if not isinstance(call.func, ast.Attribute):
        return None, ""
    is_of_re = ast.unparse(call.func.value) == "re" and bool(call.args)
    pattern = _value(call.args[0] if is_of_re else call.func.value, names)
    pattern = re.compile(pattern) if is_of_re and isinstance(pattern, str | bytes) else pattern
    return (pattern if isinstance(pattern, re.Pattern) else None), call.func.attr


class _SomeText(ast.NodeTransformer):
    """What a text takes from the names of a function is not known: it is some text."""

    def visit_FormattedValue(self, _node: ast.FormattedValue) -> ast.expr:
        return ast.Constant("x")


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    """Return what an expression is where it stands in a module; nothing is called."""
    if any(isinstance(one, ast.Call) for one in ast.walk(node)):
        return None
    for text in (ast.unparse(node), ast.unparse(_SomeText().visit(node))):
        with suppress(Exception):
            return eval(text, dict(names))
    return None


def texts_for(pattern: "re.Pattern[Any]", *, is_sample: bool) -> Iterator[Recipe]:
    """Yield the texts that are made of what a pattern spells."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    text = re.sub(r"\\(?:x[\da-f]{2}|u[\da-f]{4}|[nrt])", lambda sign: str(ast.literal_eval(f'"{sign[0]}"')), text)
    found = [one or other for one, other in re.findall(r"\\(\W)|\\\w|([^\\^$.|?*+()\[\]{}])", text)]
    signs = list(dict.fromkeys([*filter(None, found), "a", "1", " ", "\n"]))
    words = list(dict.fromkeys(re.findall(r"[^\\^$.|?*+()\[\]{}]{2,}", text)))
    return _recipes(signs[:: max(1, len(signs) // MOST_SIGNS)][:MOST_SIGNS], words[:8], is_sample)


def _recipes(signs: list[str], words: list[str], is_sample: bool) -> Iterator[Recipe]:
    """Yield signs and words repeated; unless a sample will do, pairs of signs, other ends and other starts too."""
    for seed in dict.fromkeys([*signs, *words]):
        yield Recipe("", seed, "\x00")
    if is_sample:
        return
    for seed in dict.fromkeys([*signs, *words, *(one + other for one in signs for other in signs)]):
        yield Recipe("", seed, "")
        yield Recipe(words[0] if words else "", seed, "\x00")
    yield from (Recipe(word, sign, "\x00") for word in words for sign in signs)


def readers(*, is_sample: bool) -> Iterator[Reader]:
    """Yield each pattern of the product, then each function of `MODULES` that reads one text."""
    for use in uses():
        if use.place not in LEFT_OUT:
            yield Reader(
                f"{use.place}: {use.method} {use.pattern.pattern!r:.80}",
                reader_of(use),
                SIZE,
                texts_for(use.pattern, is_sample=is_sample),
            )
    for name, read in OTHERS.items():
        yield Reader(name, read, SIZE_OF_TEXTS, _recipes(COMMON, WORDS, is_sample))
    for module in (importlib.import_module(f"app.{name}") for name in MODULES):
        for name, function in _functions(module):
            yield Reader(f"{module.__name__}.{name}", function, SIZE_OF_TEXTS, _recipes(COMMON, WORDS, is_sample))


def reader_of(use: Use) -> Callable[[str], Any]:
    """Return what applies a pattern to the whole of a text."""
    method = getattr(use.pattern, use.method)
    before = ("",) if use.method in ("sub", "subn") else ()
    if isinstance(use.pattern.pattern, bytes):
        return lambda text: method(*(one.encode() for one in before), text.encode("latin-1", "replace"))
    return (lambda text: list(method(text))) if use.method == "finditer" else lambda text: method(*before, text)


def _functions(module: ModuleType) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Yield the public functions of a module that need one text and no more."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
        is_own = function.__module__ == module.__name__ and not name.startswith("_")
        if is_own and len(needed) == 1 and needed[0].annotation in (str, Any):
            yield name, function


def is_slow(reader: Reader, recipe: Recipe) -> bool:
    """Tell whether the time of a text grows faster than its length.

    What else runs on the machine only makes a time longer: the least of several is compared, where one is in doubt.
    """
    if _time(reader.read, recipe.make(reader.size)) < WORTH_A_LOOK:
        return False
    long, short = (recipe.make(size) for size in (reader.size * TIMES, reader.size))
    if _time(reader.read, long) <= MOST * _time(reader.read, short):
        return False
    times = [(_time(reader.read, long), _time(reader.read, short)) for _again in range(AGAIN)]
    return min(one for one, _other in times) > MOST * min(other for _one, other in times)


def _time(read: Callable[[str], Any], text: str) -> float:
    # What was read before is let go of: asking the system for more memory takes time of its own.
    gc.collect(0)
    start = process_time()
    with suppress(Exception):
        read(text)
    return process_time() - start


def main(mode: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS[mode], SECONDS[mode]))
    gc.disable()
    count = 0
    for reader in readers(is_sample=mode == "sample"):
        print(json.dumps({"reads": reader.name}), flush=True)
        slow = next((recipe for recipe in reader.recipes if is_slow(reader, recipe)), None)
        if slow:
            print(json.dumps({"slow": reader.name, "on": slow}), flush=True)
        count += 1
    print(json.dumps({"count": count}))


if __name__ == "__main__":
    main(sys.argv[1])
