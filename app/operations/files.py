"""Who may read what the platform writes."""

from pathlib import Path

OTHERS = 0o077


def open_to_others(folder: Path, database: Path | None) -> list[Path]:
    """Return what others may read or change of the platform's files; nothing of a folder that is closed is reached."""
    elsewhere = [database] if database and database.exists() and not database.is_relative_to(folder) else []
    places = [path for path in elsewhere if _is_open(path.parent)]
    if _is_open(folder):
        places += folder.rglob("*")
    return sorted(path for path in places if _is_open(path))


def _is_open(path: Path) -> bool:
    try:
        return not path.is_symlink() and bool(path.stat().st_mode & OTHERS)
    except FileNotFoundError:  # Gone meanwhile, as the files of a transaction go.
        return False
