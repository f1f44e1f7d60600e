"""upgrade: bring the site to another version, and back."""

import os
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from app.cli.progress import show_progress
from app.cli.terminal import answer, as_json, on_app, say, tell
from app.core.interrupts import INTERRUPTED, outlasting_terminal
from app.operations import migrate, releases, schema, upgrade_back, upgrade_notes, upgrade_program
from app.operations import upgrade as upgrades
from app.operations.upgrade_notes import Notes

folder_to_read = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("upgrade")
@click.argument("path", type=folder_to_read, required=False)
@click.option("--back", is_flag=True, help="Go back to the version and the database of before.")
@click.option("--lose-them", is_flag=True, help="With --back: lose what was written since the site opened again.")
@click.option("--rehearsal", is_flag=True, hidden=True)
@as_json
@on_app(needs_tables=False)
def upgrade(path: Path | None, back: bool, lose_them: bool, rehearsal: bool, as_json: bool) -> None:
    """Bring the site to the version of the folder PATH, or of this program where there is no PATH.

    It tries the migrations on a copy, closes the site, copies the database, migrates it, has the link lead to PATH and
    opens the site. Stopped or killed, it goes on when it is run again.
    """
    if lose_them and not back:
        raise click.UsageError("--lose-them goes with --back.")
    if rehearsal:
        say("The migrations begin.")
        migrate.upgrade(say)
        return
    _hand_over(path, back)
    notes = _run(back, lose_them)
    if as_json:
        answer(asdict(notes) if notes else None)
    elif notes:
        _conclude(notes)


def _hand_over(path: Path | None, back: bool) -> None:
    """Leave the work to the program that it is for, which takes the place of this one."""
    house = upgrade_program.find(current_app.config["DATA_DIR"], path, back=back)
    if house == releases.get_house():
        return
    schema.disconnect()
    tell(f"By the program of {house}:")
    sys.stdout.flush()
    program = str(house / releases.PROGRAM)
    os.execv(program, [program, *sys.argv[1:]])


def _run(back: bool, lose_them: bool) -> Notes | None:
    settings, queue = current_app.config, current_app.extensions["huey"]
    try:
        with outlasting_terminal(), show_progress() as progress:
            if back:
                return upgrade_back.go_back(settings, queue, progress.tell, progress.say, lose_them=lose_them)
            return upgrades.upgrade(settings, queue, progress.tell, progress.say)
    except KeyboardInterrupt:
        schema.disconnect()
        tell(f"Stopped: {upgrade_notes.describe_unfinished(settings['DATA_DIR']) or 'nothing was changed'}.")
        sys.exit(INTERRUPTED)


def _conclude(notes: Notes) -> None:
    """Say where things are, and how to go back."""
    if notes.step == upgrade_notes.BACK:
        say(f"The site is at {notes.from_version or 'the version before'} again.")
        if notes.former:
            say(f"What the newer version had is in {notes.former}: delete it once you are sure.")
        return
    say(f"The site is at {notes.to_version}.")
    program = Path(notes.link or notes.to_folder) / releases.PROGRAM
    say(f"The database of before is in {notes.backup}. To go back: {program} upgrade --back")
