"""migrate, check, recount, reindex, backup, restore: keeping the platform in good order."""

import sys
from collections.abc import Collection, Iterable
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from app.cli.progress import show_progress
from app.cli.terminal import (
    answer,
    as_json,
    bar,
    closing,
    complete_erasures,
    describe_closure,
    on_app,
    say,
    taking_part,
    tell,
)
from app.core import jobs, keys
from app.core.interrupts import INTERRUPTED
from app.operations import backup as backups
from app.operations import check as checks
from app.operations import closed_accounts, erasures, schema, site_keys
from app.operations import migrate as migrations
from app.operations import recount as counters
from app.operations.contents import Contents
from app.results import jobs as results
from app.search.index import rebuild as index

file_to_write = click.Path(dir_okay=False, path_type=Path)
file_to_read = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("migrate")
@click.option("--new-key", is_flag=True, help="Take SECRET_KEY as the key of this database: the one before is lost.")
@as_json
@on_app(needs_tables=False)
def migrate(new_key: bool, as_json: bool) -> None:
    """Bring the database to the schema of this version; running it again changes nothing."""
    before, after = bring_up(accepts_new_key=new_key)
    if as_json:
        answer({"before": before, "after": after})
    else:
        say(f"Already at revision {after}." if before == after else f"From {before or 'nothing'} to revision {after}.")


def bring_up(*, accepts_new_key: bool = False) -> tuple[str, str]:
    """Bring the database to this version, with the site closed if there is something to do; open it if it was left so.

    Return the revisions before and after.
    """
    with closing("migrate") if describe_closure() or schema.describe_difference() else taking_part():
        before, after = run_migrations()
        site_keys.take_up(keys.get_keys(current_app.config), accepts_new=accepts_new_key)
        jobs.prepare(current_app.extensions["huey"])
        complete_erasures()
    return before, after


def run_migrations() -> tuple[str, str]:
    """Run the migrations and say how far they are; return the revisions before and after."""
    try:
        with show_progress() as progress:
            return migrations.upgrade(progress.say)
    except KeyboardInterrupt:
        schema.disconnect()
        revision = schema.get_current_revision()
        state = f"at revision {revision}, whole" if revision else "still empty"
        tell(f"Stopped. The database is {state}: run it again to go on.")
        sys.exit(INTERRUPTED)


@click.command("check")
@as_json
@on_app(needs_tables=False)
def check(as_json: bool) -> None:
    """Examine configuration, database, counters, queue, mail and disk; exit 1 when something is wrong."""
    findings = checks.examine(current_app.config, current_app.extensions["huey"])
    if as_json:
        answer([finding.describe() for finding in findings])
    else:
        for finding in findings:
            say(f"{finding.grade:7} {finding.subject:15} {finding.text}")
    sys.exit(1 if any(finding.grade == "wrong" for finding in findings) else 0)


@click.command("recount")
@click.option("--repair", is_flag=True, help="Put right what differs.")
@as_json
@on_app()
def recount(repair: bool, as_json: bool) -> None:
    """Compare every counter with its recount; exit 1 when one differs and is left so."""
    found = counters.repair() if repair else counters.list_differences()
    if as_json:
        answer([asdict(difference) for difference in found])
    else:
        for one in found:
            say(f"{one.counter} of {one.id}: {one.kept}, counted {one.counted}")
        tell(f"{len(found)} differences{', put right' if repair and found else ''}.")
    sys.exit(1 if found and not repair else 0)


@click.command("reindex")
@as_json
@on_app()
def reindex(as_json: bool) -> None:
    """Make the index of search again from the texts, and count their words, while the site is running."""
    with bar("Texts", index.count_things()) as progress:
        wrong = index.rebuild(progress.update)
    with bar("Words counted, of texts", index.count_entries()) as progress:
        results.count_words(progress.update)
    if as_json:
        answer({"put_right": wrong})
    else:
        say(f"{wrong} entries put right." if wrong else "The index was right.")


@click.command("backup")
@click.argument("file", type=file_to_write)
@on_app(only_looks=True)
def backup(file: Path) -> None:
    """Write the whole database to FILE, while the site is running; an existing FILE is replaced at the end."""
    contents = backups.backup(file)
    tell(f"{file}: {file.stat().st_size / 1024 / 1024:.1f} MB, verified: {contents}.")


@click.command("restore")
@click.argument("file", type=file_to_read)
@on_app(needs_tables=False)
def restore(file: Path) -> None:
    """Put the database of FILE in the place of the present one, which is kept beside it first."""
    config = current_app.config
    folders = find_lists(file)
    with closing("restore") as hold:
        closed = closed_accounts.find_in_database()
        with erasures.owed(config["DATA_DIR"], folders, closed or ()):
            contents, former = backups.restore(file, config["DATA_DIR"])
        jobs.prepare(current_app.extensions["huey"])
        _tell_restored(contents, former, folders, closed)
        difference = schema.describe_difference()
        if difference:
            tell(f"It is {difference}, or go back to the version that made the copy.")
            tell("The site stays closed until `reflexe migrate` opens it, with either version.")
            hold.release()
        else:
            complete_erasures()


def _tell_restored(
    contents: Contents,
    former: Path | None,
    folders: Iterable[Path],
    closed: Collection[closed_accounts.ClosedAccount] | None,
) -> None:
    tell(f"Restored: {contents}." + (f" The former database is in {former}." if former else ""))
    if closed is None:
        tell("That one can't be read: who closed their account in it is known from closed-accounts.json alone.")
    if not closed and not any(map(closed_accounts.is_there, folders)):
        tell(
            f"No {closed_accounts.FILE} is beside it nor in BACKUP_DIR: accounts closed since the copy are open again."
        )


def find_lists(file: Path) -> set[Path]:
    """Return the folders whose lists of closed accounts a restoration believes: ours, and that of the copy."""
    ours = current_app.config["BACKUP_DIR"] or current_app.config["DATA_DIR"]
    beside = file.absolute().parent
    if not closed_accounts.is_there(beside):
        # One that comes there from now on is not what was sent with the copy.
        return {ours}
    if beside == ours or closed_accounts.belongs_to(file):
        return {ours, beside}
    tell(
        f"{beside / closed_accounts.FILE} is not read: it is a link, others may change it, or it is not of the same "
        "user as the copy. If it is the list that was sent with the copy, put both in a folder of your own."
    )
    return {ours}
