"""The entry of the `reflexe` command, with all of its commands."""

from typing import Any

import click

from app import create_app
from app.cli.terminal import Commands
from app.core import interrupts, log_lines, version
from app.operations.configuration import ConfigurationError

PLACES = {
    "run": "app.cli.run:run",
    "worker": "app.cli.run:worker",
    "seed": "app.cli.seed:seed",
    "user": "app.cli.users:user",
    "import": "app.cli.exchange:import_",
    "mail": "app.cli.mail:mail",
    **{name: f"app.cli.upkeep:{name}" for name in ("migrate", "check", "recount", "reindex", "backup", "restore")},
    "upgrade": "app.cli.upgrade:upgrade",
    **{name: f"app.cli.book:{name}" for name in ("permissions", "routes")},
}


@click.group(
    cls=Commands, places=PLACES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(version.describe())
def reflexe() -> None:
    """Run and look after a Réflexe DS platform.

    Settings come from the environment. Exit codes: 0 done, 1 refused or something is wrong, 2 wrong usage,
    130 stopped by Ctrl+C.
    """


def make(**overrides: Any) -> Any:
    """Make the application. Raise ClickException, in one line, where a setting is missing or can't be reached."""
    try:
        return create_app(**overrides)
    except ConfigurationError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def main() -> None:
    interrupts.leave()
    log_lines.begin()
    reflexe(obj=make, prog_name="reflexe")


if __name__ == "__main__":
    main()
