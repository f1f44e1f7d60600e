"""A Forum ouvert in minutes: a hall behind one address asks, presses and moves, while others read other pages.

`python -m bench.forum` serves a site (BENCH_IDEAS: its first number, DATABASE_URL: on PostgreSQL) and prints, for each
part of the day, how long people waited, what went wrong, how much the page cache answered, and what one request took.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench import circle, counted, hall, pages, processes, servers, settings, sites, table, visitors
from bench.browsers import Browser, Noted
from bench.circle import Circle
from bench.hall import Cell, Hall
from bench.servers import Server
from bench.sites import Site

# What everybody in the hall asks for again and again; each person has one of them open.
POLLED = ("/forums/{id}/board?lang=fr", "/forums/{id}/now?lang=fr", "/forums/{id}/projector?lang=fr")
WHOLE = "/projector"
EVERY = 10.0
# Who reads other pages meanwhile: one page each so often, half of them signed in.
READERS, PAUSE = 6, 0.3
MOVES, PITCHES = 200, 20
# What an act may take until it is acknowledged, in seconds.
PATIENCE = 2.0
SEED = 31
HEAD = f"{'milliseconds':44}{'number':>8}{'p50':>9}{'p95':>9}{'longest':>9}"
READING = ("others, anybody", "others, signed in")
POLL = "what everybody reads"


@dataclass(frozen=True)
class Part:
    """A part of the day: what was asked for, the seconds and the CPU that it took, and the polls that were drawn."""

    name: str
    noted: Noted
    seconds: float
    cpu: float
    polls_drawn: int


class Day:
    """The people of a hall and those who read elsewhere, over one day; `minute` is how many seconds one lasts."""

    def __init__(self, site: Site, server: Server, here: Hall, drawn: Path, minute: float) -> None:
        self.site, self.server, self.here, self.drawn, self.minute = site, server, here, drawn, minute
        self.rng, self.cells = random.Random(SEED), dict[int, Cell]()
        self.root, self.parts = f"/forums/{here.forum_id}", list[Part]()
        self.polled = [path.format(id=here.forum_id) for path in POLLED]
        self.people = [self._browse(cookies) for cookies in here.people]
        self.windows = [self._browse() for _person in here.people]
        self.team = self._browse(here.team)
        self.wanted, self.gone = set[tuple[int, int]](), 0
        self.circle = Circle(self.root, self.people, self.team, self.rng)
        self.others = [page.path for page in pages.find(site.app) if not page.is_staff]
        member = visitors.cookie(site.app, pages.coordinator(site.app))
        self.readers = [Browser(server.port, f"10.8.0.{n + 1}", member if n % 2 else "") for n in range(READERS)]

    def _browse(self, cookies: str = "") -> Browser:
        return Browser(self.server.port, hall.ADDRESS, cookies)

    async def go_by(self) -> None:
        minute, team = self.minute, self.team
        await self.spend("nobody in the hall", [], minute / 2, is_full=False)
        await self.spend(
            "arriving, pitching", [*self._at_moments(self._arrive, minute / 2), *self._pitch_some()], minute / 2
        )
        await team.read("the team", self.root)
        await self._move_phase("before", "marketplace")
        presses = [self._want(n, self.rng.choice(self.here.topics)) for n in range(len(self.people))]
        await self.spend("marketplace", [*self._spread(presses, minute), self._place_topics()], minute)
        await self._move_phase("marketplace", "sessions")
        for n, hour in enumerate(self.here.hours, 1):
            goings = [self._go(person, hour) for person in range(len(self.people))]
            there = [topic_id for topic_id, cell in self.cells.items() if cell[0] == hour]
            notes = self.circle.write(n - 1, len(self.here.hours), there, minute / 2)
            await self.spend(f"hour {n}", [*self._spread(goings, minute / 2), *notes], minute / 2)
        await self._move_phase("sessions", "convergence")
        await self.circle.open_choice()
        await self.spend("convergence", self.circle.vote(minute / 4), minute / 4)
        await self.circle.count()
        await team.press("phase", f"{self.root}/closing", phase="closed", seen="convergence")
        await self.spend("closed", [], minute / 6)
        for browser in (*self.people, *self.windows, *self.readers, team):
            browser.close()

    async def spend(
        self, name: str, acts: Sequence[Coroutine[Any, Any, None]], seconds: float, *, is_full: bool = True
    ) -> None:
        """Have people act while the hall asks again and others read; a part lasts until all was answered."""
        print(f"  {name}...", file=sys.stderr, flush=True)
        noted, pids = Noted(), [*processes.family(self.server.pid), *self.site.backends()]
        for browser in (*self.people, *self.windows, *self.readers, self.team):
            browser.noted = noted
        drawn, cpu, begin = self._count_drawn(), processes.seconds(pids), time.perf_counter()
        until = begin + seconds
        polls = [self._poll(n, until) for n in range(len(self.windows))] if is_full else []
        await asyncio.gather(*acts, *polls, *(self._read(browser, until) for browser in self.readers))
        took = time.perf_counter() - begin
        spent = processes.seconds([*processes.family(self.server.pid), *self.site.backends()]) - cpu
        self.parts.append(Part(name, noted, took, spent, self._count_drawn() - drawn))
        print_part(self.parts[-1], self.parts[0])

    def _count_drawn(self) -> int:
        paths = {path.partition("?")[0] for path in self.polled}
        return sum(line in paths for line in self.drawn.read_text().splitlines())

    async def _poll(self, number: int, until: float) -> None:
        """Ask again for what one has open, at one's own moment of each ten seconds."""
        path, window = self.polled[number % len(self.polled)], self.windows[number]
        await asyncio.sleep(self.rng.random() * min(EVERY, max(0.0, until - time.perf_counter())))
        while time.perf_counter() < until:
            await window.look(POLL, path, is_part=WHOLE not in path)
            await asyncio.sleep(min(EVERY, max(0.0, until - time.perf_counter())))

    async def _read(self, browser: Browser, until: float) -> None:
        kind = READING[bool(browser.cookies)]
        while time.perf_counter() < until:
            await browser.read(kind, self.rng.choice(self.others))
            await asyncio.sleep(PAUSE)

    def _at_moments(self, act: Any, seconds: float) -> list[Coroutine[Any, Any, None]]:
        return self._spread([act(n) for n in range(len(self.people))], seconds)

    def _spread(self, acts: Sequence[Awaitable[None]], seconds: float) -> list[Coroutine[Any, Any, None]]:
        """Have acts begin at moments of chance within so many seconds."""

        async def begin(act: Awaitable[None], moment: float) -> None:
            await asyncio.sleep(moment)
            await act

        return [begin(act, self.rng.random() * seconds) for act in acts]

    async def _arrive(self, number: int) -> None:
        await self.people[number].read("arriving", self.root)

    def _pitch_some(self) -> list[Coroutine[Any, Any, None]]:
        return self._spread([self._pitch(-1 - n) for n in range(PITCHES)], self.minute / 2)

    async def _pitch(self, number: int) -> None:
        """Pitch from the page of the form, which has a key of its own."""
        person, path = self.people[number], f"{self.root}/topics/new"
        await person.read("the form of a topic", path)
        await person.press("pitch", path, title=f"Un sujet de {number}", why="J'y tiens.", form_key=f"{number}")

    async def _move_phase(self, seen: str, phase: str) -> None:
        await self.team.press("phase", f"{self.root}/phase", phase=phase, seen=seen)

    async def _want(self, number: int, topic_id: int) -> None:
        await self.people[number].press("interest", f"{self.root}/topics/{topic_id}/interest", place="wall")
        self.wanted.add((number, topic_id))

    async def _go(self, number: int, hour: int) -> None:
        """Go to a session of an hour; where there is none, take a pause."""
        there = [topic_id for topic_id, cell in self.cells.items() if cell[0] == hour]
        self.gone += 1
        if there:
            await self.people[number].press("going", f"{self.root}/topics/{self.rng.choice(there)}/going")
        else:
            await self.people[number].press("pause", f"{self.root}/pause", slot=str(hour))

    async def _place_topics(self) -> None:
        """Choose a topic on the board and press on a cell, again and again: it is placed, moved, or exchanged."""
        for _move in range(round(MOVES * self.minute / 60)):
            topic_id, at, other = self._choose_move()
            await self.team.read("the board, a topic chosen", f"{self.root}/board?topic={topic_id}")
            await self._press_cell(topic_id, at, self.cells.get(topic_id), other)

    def _choose_move(self) -> tuple[int, Cell, int]:
        """Return a topic, a cell that it does not have, and the topic that is there (0: none)."""
        while True:
            topic_id = self.rng.choice(self.here.topics)
            at = self.rng.choice(self.here.hours), self.rng.choice(self.here.rooms)
            other = next((one for one, cell in self.cells.items() if cell == at), 0)
            if other != topic_id and (not other or topic_id in self.cells):
                return topic_id, at, other

    async def _press_cell(self, topic_id: int, at: Cell, seen: Cell | None, other: int) -> None:
        values = {"slot": str(at[0]), "room": str(at[1]), "seen": f"{seen[0]}-{seen[1]}" if seen else ""}
        path = f"{self.root}/topics/{topic_id}/placing"
        await self.team.press(
            "exchange" if other else "placing", f"{path}/exchange" if other else path, **values, other=str(other)
        )
        if other and seen:
            self.cells[other] = seen
        self.cells[topic_id] = at


def list_lost(day: Day) -> list[str]:
    """Say what was acknowledged and is not stored."""
    stored, cells = hall.count_presses(day.site, day.here), hall.find_cells(day.site, day.here)
    expected = {"interest": len(day.wanted), "going": day.gone, "pitch": PITCHES}
    lost = [f"{name}: {stored[name]} of {number}" for name, number in expected.items() if stored[name] != number]
    lost += [f"topic {one}: {cells.get(one)}, not {at}" for one, at in day.cells.items() if cells.get(one) != at]
    return lost + circle.list_lost(day.site, day.here, day.circle)


def print_part(part: Part, quiet: Part) -> None:
    """Print the table of a part; `quiet` is the one with nobody in the hall."""
    polls = len(part.noted.times[POLL])
    kept = f", {100 * (1 - part.polls_drawn / polls):.0f} % of {polls} polls from the page cache" if polls else ""
    cpu = 1000 * part.cpu / max(part.noted.number, 1)
    print(f"\n{part.name}: {part.noted.number} requests in {part.seconds:.0f} s, {cpu:.1f} ms of CPU each{kept}")
    print(HEAD)
    for kind, times in sorted(part.noted.times.items()):
        print(row(kind, times) + (compare(times, quiet.noted.times[kind]) if kind in READING else ""))
    for what, number in part.noted.errors.items():
        print(f"  not right: {what}, {number} times")


def report(day: Day) -> None:
    """Print what the whole day says; each part is printed already."""
    lost = list_lost(day) or "nothing"
    print(f"\nacknowledged in more than {PATIENCE:.0f} s: {count_late(day.parts)} acts; lost: {lost}")


def row(name: str, times: Sequence[float]) -> str:
    shares = quantiles(times, n=20, method="inclusive") if len(times) > 1 else [*times] * 19
    cells = "".join(f"{1000 * value:>9.1f}" for value in (shares[9], shares[18], max(times))) if times else ""
    return f"{name:44}{len(times):>8}{cells}"


def compare(times: Sequence[float], quiet: Sequence[float]) -> str:
    """Write how many times as long the middle one took as without the forum."""
    if len(times) < 2 or len(quiet) < 2:
        return ""
    return f"  × {quantiles(times, n=2)[0] / quantiles(quiet, n=2)[0]:.1f}"


def count_late(parts: Sequence[Part]) -> int:
    acts = {"interest", "going", "pause", "placing", "exchange", "pitch", "phase"} | circle.ACTS
    return sum(
        value > PATIENCE
        for part in parts
        for kind in acts & part.noted.times.keys()
        for value in part.noted.times[kind]
    )


@contextmanager
def serve(site: Site, drawn: Path, workers: int) -> Iterator[Server]:
    """Serve a site with its limits on, and note what is drawn."""
    more = {counted.NOTED: str(drawn), "RATELIMIT_ENABLED": "true", "WEB_WORKERS": str(workers)}
    with servers.site(site, "bench.counted", more) as server:
        yield server


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.forum", description=__doc__)
    parser.add_argument("--people", type=int, default=500, help="how many are in the hall")
    parser.add_argument("--minute", type=float, default=60, help="how many seconds a minute of the day lasts")
    parser.add_argument("--workers", type=int, default=settings.WORKERS, help="processes that serve the site")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reflexe-bench-") as folder:
        site = sites.make(settings.SIZES[0], Path(folder))
        try:
            table.head(site.engine, options.workers)
            measure(site, Path(folder) / "drawn", options.people, options.minute, options.workers)
        finally:
            sites.remove(site)


def measure(site: Site, drawn: Path, people: int, minute: float, workers: int) -> None:
    here = hall.add(site, people)
    with serve(site, drawn, workers) as server:
        day = Day(site, server, here, drawn, minute)
        asyncio.run(day.go_by())
    report(day)


if __name__ == "__main__":
    main()
