"""The entry of the `reflexe` command, with all of its commands."""
from typing import Any

import click

from app import create_app
from app.cli import book, exchange, mail, run, seed, upkeep, users
from app.cli.terminal import Commands
from app.operations.configuration import ConfigurationError

COMMANDS: list[click.Command] = [
    run.run, run.worker, upkeep.migrate, upkeep.check, upkeep.recount, seed.seed, users.user, exchange.import_,
    mail.mail, upkeep.backup, upkeep.restore, book.permissions, book.routes]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reflexe-ds")
def reflexe() -> None:
    """Run and look after a Réflexe DS platform.

    Settings come from the environment. Exit codes: 0 done, 1 refused or something is wrong, 2 wrong usage.
    """


for _command in COMMANDS:
    reflexe.add_command(_command)


def make(**overrides: Any) -> Any:
    """Make the application. Raise ClickException, in one line, where a setting is missing or can't be reached."""
    try:
        return create_app(**overrides)
    except ConfigurationError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def main() -> None:
    reflexe(obj=make, prog_name="reflexe")


if __name__ == "__main__":
    main()
