"""Empty databases of either engine."""

from pathlib import Path

from tests.support import postgresql

ENGINES = ("sqlite", "postgresql")


def new(engine: str, name: str, folder: Path) -> str:
    """Make an empty database; return its address."""
    if engine == "sqlite":
        return f"sqlite:///{folder / name}.db"
    postgresql.start()
    name = postgresql.own(name)
    postgresql.create(name)
    return postgresql.address(name)
