"""The files of deploy/ say what the program understands: its commands, its settings, the same in each of them."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from app import HOUSE
from app.command import PLACES

pytestmark = pytest.mark.one_engine
DEPLOY = HOUSE / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = sorted(DEPLOY.glob("compose*.yaml"))
EXAMPLE = DEPLOY / "reflexe.env.example"
# What sh and systemd read alike: see the head of the example.
LINE = re.compile(r'#?([A-Z_]+)="([^"$`\\]*)"')


def list_settings() -> set[str]:
    return set(re.findall(r'"([A-Z][A-Z_]+)"', (HOUSE / "config.py").read_text()))


def read_example(*, with_examples: bool) -> dict[str, str]:
    """Return the settings of the example; those that are commented out too, where they are asked for."""
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("# ")]
    wrong = [line for line in lines if not LINE.fullmatch(line)]
    assert wrong == []
    found = [LINE.fullmatch(line) for line in lines if with_examples or not line.startswith("#")]
    return {match[1]: match[2] for match in found if match}


def test_sh_reads_the_example_of_settings_as_its_rule_says(tmp_path: Path) -> None:
    command = f'set -a; . "{EXAMPLE}"; env -0'
    done = subprocess.run(["sh", "-c", command], env={"PATH": "/usr/bin:/bin"}, capture_output=True, check=True)
    said = dict(line.split("=", 1) for line in done.stdout.decode().split("\0") if "=" in line)
    expected = read_example(with_examples=False)
    assert {name: said.get(name) for name in expected} == expected


def test_the_example_names_settings_that_there_are() -> None:
    assert read_example(with_examples=True).keys() - list_settings() == set()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_that_there_is_and_is_watched(unit: Path) -> None:
    text = unit.read_text()
    [command] = re.findall(r"^ExecStart=/srv/reflexe/current/\.venv/bin/reflexe (\w+)$", text, re.MULTILINE)
    assert command in PLACES
    assert {"Type=notify", "Restart=always", "ProtectSystem=strict", "StateDirectory=reflexe"} <= set(text.splitlines())
    assert re.search(r"^WatchdogSec=\d+$", text, re.MULTILINE)


def test_both_units_give_the_same_rights() -> None:
    site, worker = (unit.read_text().partition("# The same in both units")[2] for unit in UNITS)
    assert site and site == worker


@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: file.name)
def test_a_compose_file_runs_our_image_with_commands_and_settings_that_there_are(file: Path) -> None:
    services = yaml.safe_load(file.read_text())["services"]
    ours = {name: service for name, service in services.items() if service["image"] == "reflexe"}
    assert ours and all(
        (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file() for service in ours.values()
    )
    assert {service["command"][0] for service in ours.values()} <= PLACES.keys()
    assert {name for service in ours.values() for name in service.get("environment", ())} <= list_settings()
    # None writes outside of its volume, and no log grows without end.
    assert [name for name, service in ours.items() if not service["read_only"]] == []
    assert [name for name, service in services.items() if "max-size" not in service["logging"]["options"]] == []


def test_the_image_installs_what_the_page_on_installing_does() -> None:
    image, page = (DEPLOY / "Containerfile").read_text(), (HOUSE / "docs" / "installing.md").read_text()
    steps = [
        line.replace(" --no-cache-dir", "") for line in re.findall(r"^RUN (\.venv/bin/pip .*)$", image, re.MULTILINE)
    ]
    assert len(steps) == 2 and [step for step in steps if step not in page] == []
