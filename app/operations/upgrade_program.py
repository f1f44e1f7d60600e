"""Which program an upgrade is for, and goes back with: the newer one, which knows both schemas."""

from pathlib import Path

from app.core.errors import Conflict
from app.operations import releases
from app.operations import upgrade_examination as examination
from app.operations import upgrade_notes as notebook
from app.operations.upgrade_notes import Notes

UNFINISHED = "Nothing was begun, since %(unfinished)s (in %(folder)s)."
GONE = (
    "%(folder)s is gone, which held %(version)s: its program alone goes back from it. Install that version there "
    "again, then run this again. Nothing was changed."
)


def find(data_dir: Path, path: Path | None, *, back: bool) -> Path:
    """Return the folder whose program is to do it: that of an upgrade which did not end or is taken back, else `path`.

    Raise Conflict, Invalid for a folder that can't.
    """
    examination.refuse_other_user(data_dir)
    notes, house = notebook.read(data_dir), releases.get_house()
    named = path.resolve() if path else None
    if notes and notes.step in (notebook.TRIAL, notebook.GIVEN_UP):
        return _find_of_unchanged(notes, named, back=back)
    if back and notes and not notes.link and notes.step == notebook.BACKWARDS[-1]:
        # The database is that of before: the former program, which was put in the place of the newer one, opens it.
        return house
    if notes and (back or notes.has_begun):
        house = Path(notes.to_folder)
        if named not in (None, house):
            raise Conflict(UNFINISHED, unfinished=notebook.describe(notes), folder=house)
        if not (house / releases.PROGRAM).exists() and house != releases.get_house():
            raise Conflict(GONE, folder=house, version=notes.to_version)
        return house
    return _look_at(named or house)


def _find_of_unchanged(notes: Notes, named: Path | None, *, back: bool) -> Path:
    """Return the program for one that changed nothing: it goes on by itself, unless another is named or it is gone."""
    house, former = Path(notes.to_folder), releases.get_house()
    is_there = (house / releases.PROGRAM).exists()
    if back:
        return house if is_there else former
    return _look_at(named or (house if is_there and notes.step == notebook.TRIAL else former))


def _look_at(house: Path) -> Path:
    """Return a folder, if its program can do it."""
    if house != releases.get_house():
        releases.refuse_folder(house, releases.get_house())
    return house
