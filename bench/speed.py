"""Pages over HTTP, once they are kept: how many a second, beside a bare Flask page, stored bytes and nginx."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench import load, processes, servers, settings
from bench.pages import Page
from bench.servers import Server
from bench.sites import Site

REQUESTS, WARM, STARTS = 200, 16, 3
OK = {"200"}
NGINX = "nginx, static file"


@dataclass(frozen=True)
class Speed:
    """Answers a second, their ratio to those of a bare page, and CPU of one (server, database) in milliseconds."""

    rate: float
    ratio: float
    milliseconds: float


@dataclass(frozen=True)
class Speeds:
    """`beside` are what pages are compared with; `start` is the best of some, in seconds; megabytes of each worker."""

    beside: Mapping[str, Speed | None]
    pages: Mapping[str, Speed]
    start: float
    memory: Sequence[Mapping[str, float]]


class Meter:
    """Measures servers, and the bare page before and after each: the machine may be busy with something else."""

    def __init__(self, hello: Server) -> None:
        self.hello, self.rates = hello, list[float]()
        _warm_up("/", hello)
        self._measure_hello()

    def _measure_hello(self) -> None:
        self.rates.append(load.rate("/", self.hello.port).rate)

    def speed(self, path: str, server: Server, site: Site | None = None) -> Speed:
        """Ask for one page until every worker knows it, then measure."""
        _warm_up(path, server)
        before = processes.seconds(_pids(server, site))
        result = load.rate(path, server.port)
        spent = processes.seconds(_pids(server, site)) - before
        if set(result.codes) != OK:
            raise RuntimeError(f"{path}: {dict(result.codes)}")
        self._measure_hello()
        return Speed(result.rate, result.rate / mean(self.rates[-2:]), spent * 1000 / sum(result.codes.values()))


def measure(site: Site, pages: Sequence[Page], body: Path) -> Speeds:
    """Measure the site, and what it is compared with."""
    paths = {page.name: page.path for page in pages if not page.is_staff}
    with servers.bare("hello", body) as hello:
        meter = Meter(hello)
        beside = {"bare Flask page": meter.speed("/", hello), **_measure_bytes(meter, site, body)}
        with servers.site(site) as server:
            load.send([load.write(path, server.port) for path in _cycle(list(paths.values()))], server.port)
            memory = [processes.memory(pid) for pid in processes.family(server.pid)[1:]]
            found = {name: meter.speed(path, server, site) for name, path in paths.items()}
    return Speeds(beside, found, min(_start(site) for _n in range(STARTS)), memory)


def _start(site: Site) -> float:
    with servers.site(site) as server:
        return server.start


def _measure_bytes(meter: Meter, site: Site, body: Path) -> dict[str, Speed | None]:
    with servers.bare("stored", body) as server:
        stored = meter.speed("/", server)
    if not settings.IS_QUIET:
        return {"stored bytes, same server": stored, NGINX: None}
    with servers.nginx(body, site.folder / "nginx") as static:
        return {"stored bytes, same server": stored, NGINX: meter.speed("/", static) if static else None}


def _cycle(paths: Sequence[str]) -> list[str]:
    return [paths[n % len(paths)] for n in range(REQUESTS)]


def _warm_up(path: str, server: Server) -> None:
    load.send([load.write(path, server.port)] * WARM, server.port)


def _pids(server: Server, site: Site | None) -> list[int]:
    return [*processes.family(server.pid), *(site.backends() if site else [])]
