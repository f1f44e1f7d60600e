"""Go back from an upgrade: the database that was copied before it, and the former program."""

import re
from pathlib import Path

from huey import Huey

from app.core import clock, dialect, maintenance
from app.core.errors import Conflict
from app.operations import backup, closed_accounts, erasures, releases, schema
from app.operations import backup_postgresql as postgresql
from app.operations import upgrade_losses as losses
from app.operations import upgrade_notes as notebook
from app.operations import upgrade_rehearsal as rehearsal
from app.operations.upgrade_notes import Notes
from app.operations.upgrade_work import Settings, Tell, Work

ASIDE = re.compile(r"\.before-\d{8}T\d{6}\.\d{6}$")
# In seconds: how long going back takes, beside the restoration.
REST = 10
NOTHING = "There is nothing to go back to: no upgrade is noted in %(folder)s. Nothing was changed."
ALREADY = "The upgrade to %(version)s was taken back already, on %(at)s UTC. Nothing was changed."
CHANGED_NOTHING = "The upgrade to %(version)s changed nothing: there is nothing to take back."
NO_BACKUP = (
    "%(file)s is gone, which holds the database of before: nothing else brings it back. Put it there again from where "
    "backups are sent, or `reflexe restore` another one. Nothing was changed."
)
NO_FORMER = (
    "%(folder)s is gone, which held %(version)s: install that version there again, then run this again. Nothing was "
    "changed."
)
PUT_BACK = (
    "The database is that of %(former)s again, and the site stays closed until that program is in its place:\n"
    "  git checkout %(version)s\n"
    "  .venv/bin/pip install --require-hashes -r requirements.lock\n"
    '  .venv/bin/pybabel compile -d translations -D "messages flask_security"\n'
    "  .venv/bin/reflexe upgrade --back\n"
    "That last command opens the site. A version without it needs none: remove %(mark)s and start it. In a container, "
    "run it with the image of that version, then start that image."
)
LOSSES = (
    "Since the site opened again, on %(at)s UTC, this was written: %(losses)s. Going back loses it, but for a file "
    "that the newer version alone reads: `reflexe upgrade --back --lose-them` if that is to be. Nothing was changed."
)
UNCOUNTED = (
    "The site was opened by hand before the upgrade ended, so what was written since its backup is not counted. Going "
    "back loses it, but for a file that the newer version alone reads: `reflexe upgrade --back --lose-them` if that is "
    "to be. Nothing was changed."
)


def go_back(settings: Settings, queue: Huey, tell: Tell, show: Tell, *, lose_them: bool) -> Notes | None:
    """Go back from the last upgrade, ended or not; return its notes. None for one that is given up: it changed nothing.

    Raise Conflict, also for what was written since, unless it may be lost.
    """
    data_dir: Path = settings["DATA_DIR"]
    with notebook.take_turn(data_dir):
        work = Work(settings, queue, _find_notes(data_dir), tell, show)
        if _give_up_what_changed_nothing(work):
            return None
        if work.notes.step == open_again.__name__ and not maintenance.is_marked(data_dir):
            # Opened before it was stopped, or by the hand of whoever starts a version without this command.
            work.note(step=notebook.BACK)
            return work.notes
        work.look_for_an_opening()
        is_agreed = lose_them or work.notes.step in notebook.BACKWARDS
        _refuse(work.notes, is_agreed=is_agreed)
        tell(f"Back from {work.notes.to_version} to {_name_former(work.notes)}. Closing the site.")
        _do(work, is_agreed)
        return work.notes


def _find_notes(data_dir: Path) -> Notes:
    notes = notebook.read(data_dir)
    if notes is None:
        raise Conflict(NOTHING, folder=data_dir)
    if notes.step == notebook.BACK:
        raise Conflict(ALREADY, version=notes.to_version, at=f"{notes.back_at:%Y-%m-%d %H:%M}")
    return notes


def _give_up_what_changed_nothing(work: Work) -> bool:
    """End an upgrade that touched no database, and tell whether it was one; what it left closed is opened."""
    notes = work.notes
    if notes.step not in (notebook.TRIAL, notebook.GIVEN_UP):
        return False
    if notes.step == notebook.GIVEN_UP and not notes.last and not maintenance.is_marked(work.data_dir):
        raise Conflict(CHANGED_NOTHING, version=notes.to_version)
    rehearsal.sweep(Path(notes.backup).parent)
    work.give_up()
    work.tell(f"The upgrade to {notes.to_version} is given up; nothing was changed.")
    return True


def _name_former(notes: Notes) -> str:
    return notes.from_version or f"the version before, whose schema is {notes.from_revision}"


def _is_to_restore(notes: Notes) -> bool:
    """Tell whether the database is at another schema than the former program's: else it knows all that is there."""
    return schema.get_current_revision() != notes.from_revision


def _refuse(notes: Notes, *, is_agreed: bool) -> None:
    """Refuse a way back that leads nowhere, or that loses what nobody agreed to lose."""
    if notes.from_folder and not (Path(notes.from_folder) / releases.PROGRAM).exists():
        raise Conflict(NO_FORMER, folder=notes.from_folder, version=notes.from_version)
    if not _is_to_restore(notes):
        return
    if not Path(notes.backup).is_file():
        raise Conflict(NO_BACKUP, file=notes.backup)
    if notes.was_opened and not is_agreed:
        raise Conflict(UNCOUNTED)
    if notes.reopened_at and not is_agreed and (lost := losses.find_losses(notes)):
        raise Conflict(LOSSES, at=f"{notes.reopened_at:%Y-%m-%d %H:%M}", losses=lost)


def _do(work: Work, is_agreed: bool) -> None:
    """Close the site and do the steps; somebody may have written until it was closed."""
    try:
        work.close(work.notes.backup_seconds + REST)
        _refuse(work.notes, is_agreed=is_agreed)
        if work.notes.step not in notebook.BACKWARDS:
            work.note(step=notebook.BACKWARDS[0], back_at=clock.now())
        work.do(STEPS)
        work.note(step=notebook.BACK)
    except BaseException:
        # Ctrl+C too: nothing was begun. What an upgrade left closed stays so.
        if work.hold and work.notes.step not in notebook.BACKWARDS:
            work.hold.give_up()
        raise
    finally:
        if work.hold:
            work.hold.release()


def put_back(work: Work) -> None:
    """Restore the backup, and owe again what was erased since; the present database is put aside."""
    notes, file = work.notes, Path(work.notes.backup)
    if _is_to_restore(notes):
        closed = closed_accounts.find_in_database() or ()
        # Where the worker writes its list: the copy may be elsewhere.
        with erasures.owed(work.data_dir, {work.settings["BACKUP_DIR"] or work.data_dir}, closed):
            contents, _former = backup.restore(file, work.data_dir)
        work.tell(f"Restored: {contents}.")
    work.note(former=str(_find_former(work) or ""))


def _find_former(work: Work) -> Path | None:
    """Return the database that was put aside since the way back began; others are of runs that were killed, and go."""
    place = dialect.database_file() or work.data_dir / postgresql.name()
    begin = f"{place.name}.before-{work.notes.back_at:{backup.MOMENT}}"
    found = sorted(file for file in place.parent.glob(f"{place.name}.before-*") if ASIDE.search(file.name))
    ours = [file for file in found if file.name >= begin]
    for file in ours[:-1]:
        file.unlink()
    return ours[-1] if ours else None


def move_back(work: Work) -> None:
    """Have the link lead to the former program, if there is one."""
    if work.notes.link:
        releases.move_link(Path(work.notes.link), Path(work.notes.from_folder))
        work.tell(f"{work.notes.link} leads to {work.notes.from_folder}.")


def open_again(work: Work) -> None:
    """Open the site; a program on its own is first to be put in the place of this one."""
    if not work.notes.link and schema.describe_difference():
        number = work.notes.from_version or "VERSION"
        mark = work.data_dir / maintenance.FILE
        raise Conflict(PUT_BACK, former=_name_former(work.notes), version=number, mark=mark)
    work.reopen()


STEPS = (put_back, move_back, open_again)
