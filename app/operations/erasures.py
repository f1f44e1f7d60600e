"""What a restoration owes to people before anybody is served: accounts closed since the copy, what served its time."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import DomainError
from app.operations import closed_accounts
from app.operations.closed_accounts import ClosedAccount

FILE = "erasures-due.json"


@contextmanager
def owed(data_dir: Path, folders: Iterable[Path], closed: Iterable[ClosedAccount] = ()) -> Iterator[None]:
    """Write down which accounts are closed and which the lists of these folders name, before the database is replaced.

    A restoration that is killed owes them still; one that is refused changed nothing, and owes what was owed before.
    Raise Invalid for a list that is damaged.
    """
    file, was_due = data_dir / FILE, are_due(data_dir)
    before = closed_accounts.read_list(file)
    listed = (one for folder in folders for one in closed_accounts.read(folder))
    closed_accounts.write_list(file, {*before, *closed, *listed})
    try:
        yield
    except DomainError:
        closed_accounts.write_list(file, before) if was_due else file.unlink()
        raise


def are_due(data_dir: Path) -> bool:
    return (data_dir / FILE).is_file()


def complete(data_dir: Path, purges: Iterable[Callable[[], object]]) -> int:
    """Erase what a restoration owes, if there was one; return how many accounts were closed again."""
    if not are_due(data_dir):
        return 0
    count = closed_accounts.close_again(closed_accounts.read_list(data_dir / FILE))
    for purge in purges:
        purge()
    # The site and the worker may start at the same moment.
    (data_dir / FILE).unlink(missing_ok=True)
    return count
