"""A site that is open while it should be closed, by hand or on another machine: what people write then is not lost."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.core import maintenance
from app.core.db import db
from app.core.errors import Conflict
from app.operations import backup, migrate, upgrade, upgrade_back
from app.operations.contents import Contents
from tests.operations.release_folders import FORMER, NEW, OLD, Site
from tests.operations.test_upgrade import HEAD, run_until

WRITTEN = {"Written meanwhile"}
pytestmark = pytest.mark.usefixtures("rehearsed")


def open_by_hand(site: Site) -> None:
    """Remove the mark and have somebody write."""
    (site.data_dir / maintenance.FILE).unlink()
    write()


def write() -> None:
    """Write as a program of the schema that is there."""
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE communities SET name = 'Written meanwhile'"))


@pytest.mark.parametrize("step", ["back_up", "migrate_database"])
def test_before_the_migration_it_is_closed_and_copied_again(site: Site, step: str) -> None:
    run_until(upgrade, step, "before", site.upgrade)
    open_by_hand(site)
    run_until(upgrade, "back_up", "before", site.upgrade)
    site.upgrade()
    assert site.describe() == (NEW, HEAD, WRITTEN, True)
    site.go_back()
    assert site.describe() == (OLD, FORMER, WRITTEN, True)


@pytest.mark.parametrize("step", ["migrate_database", "count"])
def test_after_it_going_back_asks(site: Site, step: str) -> None:
    run_until(upgrade, step, "after", site.upgrade)
    open_by_hand(site)
    with pytest.raises(Conflict, match="opened by hand before the upgrade ended"):
        site.go_back()
    assert site.describe()[1:] == (HEAD, WRITTEN, True)
    run_until(upgrade_back, "put_back", "before", lambda: site.go_back(lose_them=True))
    site.go_back()
    assert site.describe()[:2] == (OLD, FORMER) and site.read_aside() == WRITTEN


def test_one_that_goes_on_after_it_remembers(site: Site) -> None:
    run_until(upgrade, "migrate_database", "after", site.upgrade)
    open_by_hand(site)
    run_until(upgrade, "examine_site", "before", site.upgrade)
    for _time in range(2):
        with pytest.raises(Conflict, match="opened by hand"):
            site.go_back()
        site.upgrade()
    assert site.describe() == (NEW, HEAD, WRITTEN, True)


def test_what_another_machine_wrote_after_the_copy_stops_the_migration(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup.backup

    def copy_then_write(file: Path) -> Contents:
        contents = real(file)
        write()
        return contents

    run_until(upgrade, "close", "before", site.upgrade)
    with monkeypatch.context() as patch, pytest.raises(Conflict, match="on another machine or with another DATA_DIR"):
        patch.setattr(backup, "backup", copy_then_write)
        site.upgrade()
    assert site.describe() == (OLD, FORMER, WRITTEN, True)
    site.upgrade()
    assert site.describe() == (NEW, HEAD, WRITTEN, True)


def test_without_a_migration_nothing_is_lost_and_it_goes_on(site: Site) -> None:
    migrate.upgrade()
    run_until(upgrade, "migrate_database", "after", site.upgrade)
    write()
    site.upgrade()
    site.go_back()
    assert site.describe() == (OLD, HEAD, WRITTEN, True)
