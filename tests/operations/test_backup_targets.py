"""Where a copy may be written, and what it never takes the place of."""

import os
from pathlib import Path

import pytest
from flask import Flask

from app.core import dialect
from app.core.errors import Conflict, Invalid
from app.operations import backup
from tests.operations.test_backup import names, rename, restore


@pytest.mark.one_engine
def test_a_copy_never_takes_the_place_of_the_database_itself(platform: Flask, tmp_path: Path) -> None:
    present = dialect.database_file()
    assert present is not None
    (tmp_path / "link").symlink_to(present)
    for place in (present, Path(f"{present}-wal"), Path(f"{present}-journal"), tmp_path / "link"):
        with pytest.raises(Invalid, match="the database itself"):
            backup.backup(place)
    assert len(names()) == 5


def test_a_copy_takes_the_place_of_a_file_and_of_nothing_else(platform: Flask, tmp_path: Path) -> None:
    pipe, folder, loop, link = (tmp_path / name for name in ("pipe", "folder", "loop", "link"))
    os.mkfifo(pipe)
    folder.mkdir()
    loop.symlink_to(loop)
    for target, kind in ((pipe, Invalid), (folder, Invalid), (loop, Conflict)):
        link.symlink_to(target)
        for place in (target, link):
            with pytest.raises(kind, match=r"no file|can't be written"):
                backup.backup(place)
        link.unlink()
    with pytest.raises(Invalid, match="no file"):
        restore(pipe, platform)
    assert pipe.is_fifo() and folder.is_dir() and loop.is_symlink() and not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("content", ["yesterday", None])
def test_a_link_goes_on_leading_to_the_copy(platform: Flask, tmp_path: Path, content: str | None) -> None:
    """An operator may link to a disk for backups from a folder that is copied elsewhere every night."""
    (tmp_path / "disk").mkdir()
    copy, link = tmp_path / "disk" / "copy", tmp_path / "link"
    link.symlink_to(copy)
    if content:
        copy.write_text(content)
    backup.backup(link)
    rename("Changed")
    restore(link, platform)
    assert link.is_symlink() and not copy.is_symlink() and names() != {"Changed"}
    assert copy.stat().st_mode & 0o077 == 0 and [file.name for file in copy.parent.iterdir()] == ["copy"]
