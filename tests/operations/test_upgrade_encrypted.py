"""Where backups are encrypted, an upgrade leaves no readable copy among them, and goes back all the same."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.operations import closed_accounts, erasures, upgrade_rehearsal
from tests.operations.release_folders import FORMER, OLD, Site
from tests.operations.test_backup import names

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """The folder of backups, which are encrypted."""
    (folder := tmp_path / "elsewhere").mkdir()
    site.app.config.update(BACKUP_DIR=folder, BACKUP_ENCRYPT="age:somebody")
    return folder


def test_no_readable_copy_is_ever_in_the_folder_of_encrypted_ones(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, before = [], names()
    monkeypatch.setattr(upgrade_rehearsal, "_run", lambda place, _tell: places.append(place["DATA_DIR"]) or {})
    site.upgrade()
    assert [Path(place).parent for place in places] == [site.data_dir / "backups"] == [Path(site.notes.backup).parent]
    assert list(folder.iterdir()) == []
    site.go_back()
    assert site.describe() == (OLD, FORMER, before, True)


@pytest.mark.usefixtures("rehearsed")
def test_going_back_owes_the_accounts_that_the_list_of_the_worker_names(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.upgrade()
    one = closed_accounts.ClosedAccount(1, MONDAY, MONDAY)
    closed_accounts.write_list(folder / closed_accounts.FILE, [one])
    monkeypatch.setattr(closed_accounts, "find_in_database", lambda: None)
    site.go_back()
    assert closed_accounts.read_list(site.data_dir / erasures.FILE) == [one]
