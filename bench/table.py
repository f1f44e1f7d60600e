"""The figures as tables that a person reads, and that fit a page of documentation."""

import os
import platform
from collections.abc import Mapping, Sequence

from app.core import clock
from bench import load, settings
from bench.cpu import Cost
from bench.day import Requests
from bench.followers import Telling
from bench.growth import Row
from bench.speed import NGINX, Speed, Speeds
from bench.writes import Rate

WIDTH = 27


def head(engine: str, workers: int = settings.WORKERS) -> None:
    """Say on what this was measured: the shape of the machine, never its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    sizes = " and ".join(f"{size:,}".replace(",", " ") for size in settings.SIZES)
    print(
        f"{clock.now():%Y-%m-%d}, {engine}: {sizes} ideas, each with {settings.COMMENTS} comments and "
        f"{settings.VOTES} supports"
    )
    print(
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, {workers} workers, "
        f"requests by {load.program()}; {settings.WANTED:.1f} processes wanted a core before"
    )


def pages(rows: Sequence[Row], speeds: Speeds) -> None:
    """Print the one table: what each page costs, and how fast it is given once it is kept."""
    _line("", "public", "", "signed in", "", "", "", "over HTTP")
    _line("", *["parts", "after a"] * 2, "", "", "page")
    _line("page", *["kept ms", "change ms"] * 2, "queries", "kB", "kept ms", "a second", "x hello", "x nginx")
    nginx = speeds.beside[NGINX]
    for name, speed in speeds.beside.items():
        _line(
            name,
            "",
            "",
            "",
            "",
            "",
            "",
            *(_kept(speed, nginx) if speed else ("absent" if settings.IS_QUIET else "busy", "", "", "")),
        )
    for row in rows:
        speed = speeds.pages.get(row.page.name)
        queries = f"{row.changed.queries if row.changed else '-'} {row.signed_changed.queries}"
        costs = (row.public, row.changed, row.signed_in, row.signed_changed)
        _line(
            row.page.name,
            *(f"{cost.milliseconds:.2f}" if cost else "-" for cost in costs),
            queries,
            f"{len(row.first.body) / 1024:.1f}",
            *(_kept(speed, nginx) if speed else ()),
        )


def _kept(speed: Speed, nginx: Speed | None) -> tuple[str, ...]:
    beside = f"{speed.ratio / nginx.ratio:.2g}" if nginx else "-"
    return f"{speed.milliseconds:.3f}", f"{speed.rate:.0f}", f"{speed.ratio:.2g}", beside


def growth(sizes: Mapping[int, Sequence[Row]]) -> None:
    """Print what each page costs at the first size and at the last, and the ratio: parts kept, then after a change."""
    (small, first), (large, last) = min(sizes.items()), max(sizes.items())
    print()
    _line("", "parts kept", "", "", "after a", "change")
    _line("growth", *[f"{small}", f"{large}", "ratio"] * 2, "queries")
    for before, after in zip(first, last, strict=True):
        _line(
            before.page.name,
            *_grow(before.first, after.first),
            *_grow(before.first_changed, after.first_changed),
            f"{before.first_changed.queries} {after.first_changed.queries}",
        )


def _grow(one: Cost, other: Cost) -> tuple[str, ...]:
    ratio = other.milliseconds / one.milliseconds
    return f"{one.milliseconds:.2f}", f"{other.milliseconds:.2f}", f"{ratio:.2f}"


def writes(found: Mapping[int, Mapping[str, Rate]], commits: float) -> None:
    """Print the acknowledged writes of a second, by the size of the site and how many send at once.

    Then, of the largest site, how long people waited, the CPU of one, and the part of what engine and disk can do.
    """
    print()
    _line("", *["a second"] * len(found))
    _line("writes", *map(str, found), "ratio", "p50 ms", "p95 ms", "CPU ms", "x commits")
    for name, last in found[max(found)].items():
        rates = [one[name].rate for one in found.values()]
        _line(
            name,
            *(f"{rate:.0f}" for rate in rates),
            f"{rates[0] / rates[-1]:.2f}",
            *(f"{value:.1f}" for value in (last.p50, last.p95, last.cpu)),
            f"{last.rate / commits:.2f}",
        )
    _line("durable commits", *([""] * (len(found) - 1)), f"{commits:.0f}", *[""] * 4, "1.00")


def followers(found: Sequence[Telling]) -> None:
    """Print what it costs to tell many people of an act: to whoever does it, and to the worker."""
    for one in found:
        print()
        _line(f"{one.act}, CPU", "nobody", f"{one.followers}", "ratio")
        _line("milliseconds", f"{one.quiet:.2f}", f"{one.followed:.2f}", f"{one.followed / one.quiet:.2f}")
        print(
            f"told: {one.notices} notices in {one.seconds:.1f} s, {one.notices / one.seconds:.0f} a second; "
            f"{one.transactions} transactions of {one.statements} statements at most, {one.memory:.0f} MB more"
        )


def day(found: Mapping[str, Mapping[str, Requests]]) -> None:
    """Print what the requests of a day and of a peak cost, and how many the page cache answered."""
    print()
    _line("", "requests", "CPU ms", "kept")
    for name, kinds in found.items():
        for kind, one in kinds.items():
            _line(f"{name}, {kind}", f"{one.number}", f"{one.milliseconds:.2f}", f"{one.from_cache:.0f} %")


def processes(speeds: Speeds) -> None:
    print()
    print(f"start: {speeds.start:.2f} s from the command to the first answer")
    for n, worker in enumerate(speeds.memory, 1):
        print(f"worker {n}: {worker.get('Pss', 0):.0f} MB its own share, {worker.get('Rss', 0):.0f} MB resident")


def _line(name: str, *cells: str) -> None:
    print(f"{name:{WIDTH}}" + "".join(f"{cell:>10}" for cell in cells))
