"""What a restoration owes to people before anybody is served: what was erased since the copy is erased again."""

from collections.abc import Callable, Iterable
from pathlib import Path

from app.operations import closed_accounts

FILE = "erasures-due.json"


def note_due(data_dir: Path, folders: Iterable[Path]) -> None:
    """Write down which accounts the lists of these folders name, before the database is replaced.

    A restoration that is killed owes them still. Raise Invalid for a list that is damaged.
    """
    accounts = {one for folder in folders for one in closed_accounts.read(folder)}
    closed_accounts.write_list(data_dir / FILE, accounts)


def are_due(data_dir: Path) -> bool:
    return (data_dir / FILE).is_file()


def complete(data_dir: Path, purges: Iterable[Callable[[], object]]) -> int:
    """Erase what a restoration owes, if there was one; return how many accounts were closed again."""
    if not are_due(data_dir):
        return 0
    count = closed_accounts.close_again(closed_accounts.read_list(data_dir / FILE))
    for purge in purges:
        purge()
    (data_dir / FILE).unlink()
    return count
