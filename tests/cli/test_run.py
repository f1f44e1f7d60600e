"""`reflexe run`, from nothing to a site that answers, and back to nothing."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.test_settings import PRODUCTION
from tests.support import terminal
from tests.support.house import House
from tests.support.network import free_port
from tests.support.outages import children

# Each process of the web server takes seconds to start: one does where their number says nothing.
TWO = {"WEB_WORKERS": "2"}


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return terminal.environment(tmp_path / "data", DEMO="1", PORT=str(free_port()))


@contextmanager
def site(settings: dict[str, str]) -> Iterator["terminal.subprocess.Popen[str]"]:
    """Run a site until it answers, from a folder that is not its own, as a supervisor may."""
    with terminal.background_process(settings, "run", cwd=Path(settings["DATA_DIR"]).parent) as process:
        url = f"http://127.0.0.1:{settings['PORT']}/healthz"
        terminal.until(lambda: terminal.answers(url) or process.poll() is not None, "the site answers")
        assert process.poll() is None, process.communicate()
        yield process


def group(leader: int) -> set[int]:
    """Return the processes of a session (Linux)."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if leader in (int(fields[2]), int(fields[3])) and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def stop(process: "terminal.subprocess.Popen[str]", by: signal.Signals) -> tuple[str, str]:
    before = children(process.pid)
    process.send_signal(by)
    out, err = process.communicate(timeout=terminal.PATIENCE)
    assert process.returncode == 0, err
    terminal.until(lambda: not any(Path(f"/proc/{pid}/stat").exists() for pid in before), "its processes ended")
    return out, err


@pytest.mark.one_engine
def test_it_says_where_it_is_and_who_may_sign_in_and_stops_with_all_its_processes_even_killed(
    settings: dict[str, str], engine: str
) -> None:
    with site(settings | TWO) as process:
        folder = Path(settings["DATA_DIR"])
        assert terminal.answers(f"http://127.0.0.1:{settings['PORT']}/")
        assert {"reflexe.db", "reflexe.db-wal", "queue.db", "secret", "static"} <= {
            file.name for file in folder.iterdir()
        }
        assert terminal.open_to_others(folder) == []
        assert not any("reflexe.db" in name for name in open_files(process.pid))
        out, err = stop(process, signal.SIGINT)

    assert f"http://127.0.0.1:{settings['PORT']}" in out
    for words in (
        "membre@exemple.test",
        "animation@exemple.test",
        "coordination@exemple.test",
        "admin@exemple.test",
        "demonstration-2026",
        "a forum to rehearse",
        "Ctrl+C",
    ):
        assert words in out
    assert "Traceback" not in out + err
    assert " people, " in err and " ideas, " in err

    with site(settings) as process:
        others = children(process.pid)
        [worker] = workers(process.pid)
        process.kill()
        for pid in others - {worker}:
            os.kill(pid, signal.SIGKILL)
        out, err = process.communicate(timeout=terminal.PATIENCE)
        terminal.until(lambda: not Path(f"/proc/{worker}/cmdline").exists(), "the worker ended")
    assert "membre@exemple.test" in out
    assert "Demonstration: all there already." in err


@pytest.mark.one_engine
def test_production_serves_what_was_migrated_though_nothing_is_there(
    settings: dict[str, str], engine: str, new_migrated: Callable[[str, str, Path], str]
) -> None:
    folder = Path(settings["DATA_DIR"])
    folder.mkdir()
    new_migrated(engine, "reflexe", folder)
    with site(settings | TWO | PRODUCTION | {"DEMO": "0"}) as process:
        terminal.until(lambda: len(children(process.pid)) == 2, "both are there, one of which answers")
        out, err = stop(process, signal.SIGTERM)
    assert out == "" and len(err.splitlines()) == 1 and "https://example.org" in err


@pytest.mark.one_engine
def test_processes_share_no_connection_and_one_that_dies_is_replaced(settings: dict[str, str], house: House) -> None:
    folder = Path(settings["DATA_DIR"])
    folder.mkdir()
    house.state.copy("reflexe", folder)
    with site(settings | TWO | {"DEMO": "0"}) as process:
        terminal.until(lambda: len(find_servers(process.pid)) == 2, "both are there, one of which answers")
        servers = find_servers(process.pid)
        assert not any("reflexe.db" in name for name in open_files(process.pid))

        os.kill(min(servers), signal.SIGKILL)
        terminal.until(lambda: len(find_servers(process.pid) - {min(servers)}) == 2, "another one")
        replaced = find_servers(process.pid)
        assert terminal.answers(f"http://127.0.0.1:{settings['PORT']}/ideas")

        process.send_signal(signal.SIGHUP)
        terminal.until(lambda: not replaced & children(process.pid), "all are new")
        assert terminal.answers(f"http://127.0.0.1:{settings['PORT']}/ideas")
        _out, err = stop(process, signal.SIGTERM)
    assert "Traceback" not in err


def find_servers(pid: int) -> set[int]:
    return children(pid) - workers(pid)


def workers(pid: int) -> set[int]:
    """Return the processes of a site that serve nothing: they run its jobs."""
    return {child for child in children(pid) if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes()}


def open_files(pid: int) -> list[str]:
    return [os.readlink(file) for file in Path(f"/proc/{pid}/fd").iterdir()]
