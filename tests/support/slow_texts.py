"""Find what takes more than its share of a long text: `python -m tests.support.slow_texts sample` names it.

It is run as a process of its own, whose time is bounded: what never ends is then found too.
"""

import gc
import importlib
import inspect
import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from time import process_time
from types import ModuleType
from typing import Any, NamedTuple

from app.core.text import diff, plain
from tests.support import patterns, worst_texts
from tests.support.patterns import Use
from tests.support.worst_texts import Recipe

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
    "exchange.plan_file.figures",
    "accounts.trust",
    "core.number_format",
    "ideas.queries.reading",
    "plan.queries.concerns",
)
# What reads a text in a way of its own.
OTHERS: dict[str, Callable[[str], Any]] = {
    "word_diff": lambda text: diff.word_diff(text, text[::-1]),
    "word_diff of a change": lambda text: diff.word_diff(text, f"a {text} b"),
    "excerpt": lambda text: plain.excerpt(text, len(text) // 2),
    "word_end": lambda text: plain.word_end(text, len(text) - 1),
}
# Given no text of a person: the texts of the catalogue alone, when it is made.
LEFT_OUT = {"app/core/text/typography.py"}


class Reader(NamedTuple):
    name: str
    read: Callable[[str], Any]
    size: int
    recipes: Iterable[Recipe]


def readers(*, is_sample: bool) -> Iterator[Reader]:
    """Yield each pattern of the product, then each function of `MODULES` that reads one text."""
    for use in patterns.uses():
        if use.place not in LEFT_OUT:
            yield Reader(
                f"{use.place}: {use.method} {use.pattern.pattern!r:.80}",
                reader_of(use),
                SIZE,
                worst_texts.of_pattern(use.pattern, is_sample=is_sample),
            )
    for name, read in OTHERS.items():
        yield Reader(name, read, SIZE_OF_TEXTS, worst_texts.of_anything(is_sample=is_sample))
    for module in (importlib.import_module(f"app.{name}") for name in MODULES):
        for name, function in _functions(module):
            yield Reader(
                f"{module.__name__}.{name}", function, SIZE_OF_TEXTS, worst_texts.of_anything(is_sample=is_sample)
            )


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
