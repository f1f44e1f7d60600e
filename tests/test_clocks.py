"""The clock: nobody reads it while a file is imported, and a run may begin at any moment."""

import ast
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from subprocess import run

import pytest

from tests.support import clock
from tests.test_architecture import CODE, HOUSE, name

# What reads a clock, whatever it is called on: `clock.now()`, `date.today()`, `time.monotonic()`. `time()` does, `time(7)`
# is an hour of the day.
READING = re.compile(
    r"\b(now|today|utcnow|ago|localtime|gmtime|ctime|time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns)\("
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def clock_calls(source: str) -> list[str]:
    """Return the calls of a file that read a clock while it is imported: what they say is of yesterday once midnight has come."""
    if not READING.search(source):
        return []
    calls = [node for node in _run_at_import(ast.parse(source)) if isinstance(node, ast.Call)]
    return [f"{call.lineno}: {ast.unparse(call)}" for call in calls if _reads_a_clock(call)]


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all but the bodies of functions, whose decorators and defaults do run."""
    parts: list[ast.AST | None] = list(ast.iter_child_nodes(node))
    if isinstance(node, Function | ast.Lambda):
        parts = [*getattr(node, "decorator_list", []), *node.args.defaults, *node.args.kw_defaults]
    yield node
    for part in parts:
        if part is not None:
            yield from _run_at_import(part)


def _reads_a_clock(call: ast.Call) -> bool:
    called = ast.unparse(call.func).rpartition(".")[2]
    return bool(READING.fullmatch(f"{called}(")) and not (called == "time" and call.args)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("DAY = clock.today() - timedelta(3)", 1),
        ("def f(at=datetime.now(UTC)): pass", 1),
        ("f = lambda *, at=time.time(): at", 1),
        ("@given(st.dates(max_value=date.today()))\ndef f(): pass", 1),
        ("class A:\n    at: date = now()", 1),
        ("if True:\n    EXAMPLES = [{'at': clock.now()} for _n in 'ab']", 1),
        ("HOURS = [clock.ago(hours=n) for n in (1, 2)]", 1),
        ("def f(): return clock.now()", 0),
        ("class A:\n    at = column(default=clock.now)", 0),
        ("HOUR = time(7)", 0),
    ],
)
def test_a_call_that_reads_the_clock_at_import_is_seen_wherever_it_stands(source: str, count: int) -> None:
    assert len(clock_calls(source)) == count


def test_no_clock_is_read_while_a_file_is_imported() -> None:
    found = {name(file): clock_calls(file.read_text()) for file in [*CODE, HOUSE / "config.py"]}
    assert {file: calls for file, calls in found.items() if calls} == {}


def test_a_run_at_another_time_begins_there_with_the_processes_it_starts() -> None:
    """Midnight of the new year comes while both are at work."""
    before, tell = (
        "2026-12-31T23:59:59-05:00",
        "from datetime import UTC, datetime; print(datetime.now(UTC).isoformat())",
    )
    script = f"""
import subprocess, sys, types
from tests.support import clock
clock.pytest_configure(types.SimpleNamespace(getoption=lambda name: {before!r}))
{tell}
print(subprocess.run([sys.executable, "-c", {tell!r}], env=clock.environment(), capture_output=True, text=True).stdout)
"""
    true_time = {name: value for name, value in os.environ.items() if name != clock.SHIFT}
    answer = run([sys.executable, "-c", script], cwd=HOUSE, env=true_time, capture_output=True, text=True, check=True)
    begun, later = (datetime.fromisoformat(line) for line in answer.stdout.split())
    assert timedelta() <= begun - datetime.fromisoformat(before) < timedelta(
        seconds=30
    ) and begun <= later < begun + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("moment", "why"), [("midnight", "is no moment"), ("2026-12-31T23:59:30", "how far the moment is from UTC")]
)
def test_a_moment_that_says_too_little_is_refused(moment: str, why: str) -> None:
    with pytest.raises(pytest.UsageError, match=why):
        clock._read_moment(moment)


def test_a_run_that_begins_now_leaves_the_clock_of_its_processes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.SHIFT, raising=False)
    assert clock.environment() == {} and clock._read_moment("2028-02-29T00:00:00Z").tzinfo == UTC
