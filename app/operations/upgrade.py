"""Bring a site to the version of this program: each step is noted before it begins, and harmless when done again.

A program that is killed leaves the site closed, and the next run goes on from the step that it was at.
"""

import time
from contextlib import suppress
from functools import partial
from pathlib import Path

from huey import Huey

from app.core import clock, jobs, keys, maintenance, version
from app.core.errors import Conflict
from app.operations import backup, check, erasures, migrate, releases, schema, site_keys, upgrade_work
from app.operations import upgrade_examination as examination
from app.operations import upgrade_losses as losses
from app.operations import upgrade_notes as notebook
from app.operations import upgrade_rehearsal as rehearsal
from app.operations.upgrade_notes import Notes
from app.operations.upgrade_work import Settings, Tell, Work

# How long migrations take that were not rehearsed, in backups; and how long all the rest takes, in seconds.
UNKNOWN, REST = 3, 20
# What keeps a site closed once it is migrated; all else can be put right while it is open.
SERIOUS = ("database", "version", "key")
# What is wrong of any closed site.
CLOSED = ("worker",)
UNFINISHED = "Nothing was begun, since %(unfinished)s."
NOT_WELL = (
    "The site stays closed, since something above is wrong. Put it right and run `reflexe upgrade` again, or go back: "
    "`reflexe upgrade --back`."
)


def upgrade(settings: Settings, queue: Huey, tell: Tell, show: Tell) -> Notes | None:
    """Bring the site to the version of this program, or end what was begun; return its notes.

    None where there is nothing to do. Raise DomainError.
    """
    with notebook.take_turn(settings["DATA_DIR"]):
        notes = notebook.read(settings["DATA_DIR"])
        if _is_done(notes):
            if notes and notes.step == notebook.TRIAL:
                rehearsal.sweep(Path(notes.backup).parent)
                notebook.give_up(settings["DATA_DIR"], notes)
            upgrade_work.open_what_stayed_closed(settings["DATA_DIR"], tell)
            tell(f"Nothing to do: {version.describe()} is the version that runs. Another one is named by its folder.")
            return None
        if notes and notes.step in notebook.BACKWARDS:
            raise Conflict(UNFINISHED, unfinished=notebook.describe(notes))
        if not notes or not notes.has_begun:
            notes = examination.examine(settings)
        work = Work(settings, queue, notes, tell, show)
        tell(_title(notes))
        _do(work)
        return work.notes


def _is_done(notes: Notes | None) -> bool:
    """Tell whether the site is at this very program: the link leads to it, or the last upgrade came to it."""
    house = releases.get_house()
    link = releases.find_link(house)
    if (notes and notes.has_begun) or schema.describe_difference():
        return False
    if link:
        return link.resolve() == house
    return notes is not None and (notes.step, notes.to_folder, notes.to_version, notes.to_commit) == (
        *(notebook.DONE, str(house)),
        *(version.get_number(), version.find_commit()),
    )


def _title(notes: Notes) -> str:
    former = f"{notes.from_version} to " if notes.from_version else ""
    return f"{former}{notes.to_version}, schema {notes.from_revision} to {schema.get_head_revision()}."


def _do(work: Work) -> None:
    """Do the steps; one that fails before anything was changed leaves the site open, as it was."""
    try:
        if NAMES.index("close") < NAMES.index(work.notes.step) and not _is_open_already(work):
            _close_again(work)
        work.do(STEPS)
        work.note(step=notebook.DONE, last=None)
    except Exception:
        if NAMES.index(work.notes.step) <= NAMES.index("migrate_database"):
            with suppress(Exception):
                _give_up(work)
        raise
    finally:
        if work.hold:
            work.hold.release()


def _give_up(work: Work) -> None:
    schema.disconnect()
    left = maintenance.read(work.data_dir)
    if left and left.why == maintenance.UPGRADE and not work.hold:
        # It could not take over what a run before it left closed, which stays to be ended.
        return
    if schema.get_current_revision() == work.notes.from_revision:
        work.give_up()


def _close_again(work: Work) -> None:
    """Have the site closed for what goes on; after an opening by hand it is copied again, unless it was migrated."""
    work.look_for_an_opening()
    if work.notes.was_opened and schema.get_current_revision() == work.notes.from_revision:
        work.note(step=notebook.CLOSING)
    else:
        close(work)


def _is_open_already(work: Work) -> bool:
    """Tell whether the last step was done by a run that was stopped right after it."""
    return work.notes.step == "reopen" and not maintenance.is_marked(work.data_dir)


def rehearse(work: Work) -> None:
    """Copy the database and migrate the copy while the site runs, which also tells how long it takes."""
    file, begin = Path(work.notes.backup), time.monotonic()
    rehearsal.sweep(file.parent)
    if work.notes.from_revision == schema.get_head_revision():
        work.tell("No migration to do, so none to rehearse.")
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    contents = backup.backup(file)
    work.note(backup_seconds=time.monotonic() - begin)
    work.tell(f"A copy, while the site runs: {contents}.")
    try:
        work.note(times=rehearsal.rehearse(file, work.show))
        work.tell(f"The migrations went well on it, in {_sum(work.notes):.0f} s.")
    except rehearsal.NoRehearsal as reason:
        work.tell(f"The migrations are not tried on it first: {reason}.")


def _sum(notes: Notes) -> float:
    return max(notes.times.values(), default=UNKNOWN * notes.backup_seconds)


def close(work: Work) -> None:
    """Have the site answer that it is closed, once nobody is at work."""
    seconds = work.notes.backup_seconds + _sum(work.notes) + REST
    begin = "The site is closed still" if maintenance.is_marked(work.data_dir) else "Closing the site"
    work.tell(f"{begin}, for about {_say_span(seconds)}.")
    work.close(seconds)


def _say_span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} minutes"


def back_up(work: Work) -> None:
    """Copy the database once more: what was written until the site closed is in it."""
    file = Path(work.notes.backup)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Read first: whoever writes meanwhile is found out, and what is in the copy for sure is not taken for more.
    state = schema.find_state()
    contents = backup.backup(file)
    work.note(was_opened=False, copied=int(state[1]) if state and state[1] is not None else None)
    work.tell(f"The backup is {file}: {contents}.")


def migrate_database(work: Work) -> None:
    """Bring the database to the schema of this program, all of it or nothing."""
    # What is at the schema already, by a run before this one too, is not restored by whoever goes back.
    is_there = schema.get_current_revision() == schema.get_head_revision()
    copied = None if is_there else work.notes.copied
    look = partial(losses.refuse_what_was_written, content=copied)
    before, after = migrate.upgrade(_say_what_is_left(work), look)
    site_keys.take_up(keys.get_keys(work.settings))
    jobs.prepare(work.queue)
    erasures.complete(work.data_dir, jobs.list_erasures())
    work.tell(f"The database is at {after}." if before == after else f"The database went from {before} to {after}.")


def _say_what_is_left(work: Work) -> Tell:
    """Return what says each line of the migrations with what is left, as long as it was on the copy."""
    begin, times = time.monotonic(), work.notes.times

    def note(line: str) -> None:
        left = _sum(work.notes) - times.get(line, time.monotonic() - begin)
        work.show(f"{line} About {_say_span(left)} left." if left >= 1 else line)

    return note


def switch(work: Work) -> None:
    """Have the link lead to this program, if there is one."""
    if work.notes.link:
        releases.move_link(Path(work.notes.link), Path(work.notes.to_folder))
        work.tell(f"{work.notes.link} leads to {work.notes.to_folder}.")


def examine_site(work: Work) -> None:
    """Look at everything as `check` does. Raise Conflict for what nobody may be served with."""
    found = check.examine(work.settings, work.queue)
    wrong = [one for one in found if one.grade == "wrong" and one.subject not in CLOSED]
    for one in wrong:
        work.tell(f"check: {one.subject} is wrong: {one.text}")
    schema.disconnect()
    if any(one.subject in SERIOUS for one in wrong):
        raise Conflict(NOT_WELL)
    if not wrong:
        work.tell("check: nothing is wrong.")


def count(work: Work) -> None:
    """Note how much there is, for whoever goes back once people wrote again."""
    rows, content = losses.count()
    work.note(rows=rows, content=content, reopened_at=clock.now())


def reopen(work: Work) -> None:
    """Open the site; its processes begin anew with what is there now."""
    if work.hold:
        work.reopen()


STEPS = (rehearse, close, back_up, migrate_database, switch, examine_site, count, reopen)
NAMES = [step.__name__ for step in STEPS]
