"""Which program an upgrade is for, and goes back with: the newer one, which knows both schemas."""

from pathlib import Path

from app.core.errors import Conflict
from app.operations import releases
from app.operations import upgrade_examination as examination
from app.operations import upgrade_notes as notebook

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
    if notes and (back or notes.has_begun):
        house = Path(notes.to_folder)
        if named not in (None, house):
            raise Conflict(UNFINISHED, unfinished=notebook.describe(notes), folder=house)
        if not (house / releases.PROGRAM).exists() and house != releases.get_house():
            raise Conflict(GONE, folder=house, version=notes.to_version)
        return house
    if named and named != house:
        releases.refuse_folder(named, house)
    return named or house
