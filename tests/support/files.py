"""Files as they are on another machine, or in the hands of somebody else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

SOMEBODY_ELSE = 12345


def give_away(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Have a file be of another user, as root alone could really do."""
    for name in ("stat", "lstat"):
        monkeypatch.setattr(Path, name, _look(getattr(Path, name), file))


def _look(look: Callable[..., os.stat_result], file: Path) -> Callable[..., os.stat_result]:
    def stat(self: Path, **options: bool) -> os.stat_result:
        found = look(self, **options)
        return os.stat_result([*found[:4], SOMEBODY_ELSE, *found[5:]]) if self == file else found

    return stat
