"""Make the sites, measure them, and print the figures: `make bench`."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from bench import commits, day, followers, growth, servers, settings, sites, speed, table, writes
from bench.sites import Site

P = ParamSpec("P")
T = TypeVar("T")


def main() -> None:
    if settings.FOLDER:
        report([_make(ideas, Path(settings.FOLDER)) for ideas in settings.SIZES])
        return
    with tempfile.TemporaryDirectory(prefix="reflexe-bench-") as folder:
        made = [_make(ideas, Path(folder)) for ideas in settings.SIZES]
        try:
            report(made)
        finally:
            for site in made:
                sites.remove(site)


def report(made: list[Site]) -> None:
    """Measure sites, the smallest first, and print each table when it is known."""
    table.head(made[-1].engine)
    sites_of_pages = made if "growth" in settings.PARTS else made[-1:] if "speed" in settings.PARTS else []
    rows = {site.ideas: _say(f"pages, {site.ideas} ideas", growth.measure, site) for site in sites_of_pages}
    if "speed" in settings.PARTS:
        _report_speed(made[-1], rows[made[-1].ideas])
    if "growth" in settings.PARTS:
        table.growth(rows)
    if "writes" in settings.PARTS:
        found = {site.ideas: _say(f"writes, {site.ideas} ideas", _write, site) for site in made}
        table.writes(found, commits.rate(made[-1]))
    if "followers" in settings.PARTS:
        table.followers(_say("what is told to followers", followers.measure, made[-1]))
    if "day" in settings.PARTS:
        table.day(_say("a day and a peak", day.measure, made[-1]))


def _report_speed(site: Site, rows: list[growth.Row]) -> None:
    body = site.folder / "page"
    body.write_bytes(next(row.first.body for row in rows if row.page.name == "list"))
    speeds = _say("pages over HTTP", speed.measure, site, [row.page for row in rows], body)
    table.pages(rows, speeds)
    table.processes(speeds)


def _make(ideas: int, folder: Path) -> Site:
    return _say(f"a site of {ideas} ideas", sites.make, ideas, folder)


def _say(what: str, act: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Say on the terminal what is done now, and do it."""
    print(f"  {what}...", file=sys.stderr, flush=True)
    return act(*args, **named)


def _write(site: Site) -> dict[str, writes.Rate]:
    with servers.site(site) as server:
        return writes.rates(site, server)


if __name__ == "__main__":
    main()
