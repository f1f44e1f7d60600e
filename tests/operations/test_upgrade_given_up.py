"""An upgrade that changed nothing: it goes on or is given up by one command, and the one before keeps its way back."""

import shutil
from pathlib import Path

import pytest

from app.core import version
from app.core.errors import Conflict
from app.operations import check, running_site, upgrade, upgrade_notes, upgrade_program
from app.operations.check import Finding
from tests.operations.release_folders import FORMER, NEW, OLD, Site, make
from tests.operations.test_backup import names
from tests.operations.test_upgrade import HEAD, run_until
from tests.support import terminal

NEXT = "2098.3.0"
pytestmark = pytest.mark.usefixtures("rehearsed")


def install_next(site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the program under test be that of a third version."""
    folder = make(site.release(NEXT), NEXT)
    monkeypatch.setattr(version, "HOUSE", folder)
    return folder


def find_version_line(site: Site) -> Finding:
    return next(one for one in check.examine(site.app.config, site.app.extensions["huey"]) if one.subject == "version")


def test_one_that_the_site_refuses_leaves_the_way_back_of_the_one_before(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names()
    site.upgrade()
    install_next(site, monkeypatch)
    with monkeypatch.context() as patch, pytest.raises(Conflict, match="does not see that it is closed"):
        patch.setattr(running_site, "ask", lambda _settings: running_site.OPEN)
        site.upgrade()
    assert site.describe() == (NEW, HEAD, before, True)
    assert upgrade_program.find(site.data_dir, None, back=True) == site.release(NEW)
    site.go_back()
    assert site.describe() == (OLD, FORMER, before, True)


@pytest.mark.parametrize("when", ["before", "after"])
def test_one_that_is_killed_at_its_trial_is_given_up_then_the_one_before_is_taken_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    site.upgrade()
    install_next(site, monkeypatch)
    for _time in range(2):
        run_until(upgrade, "rehearse", when, site.upgrade)
    assert site.notes.step == upgrade_notes.TRIAL
    assert site.go_back() is None
    assert site.lines[-1] == f"The upgrade to {NEXT} is given up; nothing was changed."
    site.go_back()
    assert site.describe()[:2] == (OLD, FORMER)


def test_a_way_back_is_kept_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.upgrade()
    install_next(site, monkeypatch)
    site.upgrade()
    assert (site.notes.to_version, site.notes.from_version, site.notes.last) == (NEXT, NEW, None)


def test_one_that_stopped_at_its_trial_goes_on_by_itself_unless_another_is_named(site: Site) -> None:
    run_until(upgrade, "rehearse", "before", site.upgrade)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(version, "HOUSE", site.release(OLD))
        assert upgrade_program.find(site.data_dir, None, back=False) == site.release(NEW)
        assert upgrade_program.find(site.data_dir, None, back=True) == site.release(NEW)
        other = make(site.release(NEXT), NEXT)
        assert upgrade_program.find(site.data_dir, other, back=False) == other
        shutil.rmtree(site.release(NEW))
        assert upgrade_program.find(site.data_dir, None, back=False) == site.release(OLD)
        assert upgrade_program.find(site.data_dir, None, back=True) == site.release(OLD)


def test_one_whose_folder_is_gone_is_given_up_by_the_program_that_runs(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.upgrade()
    with monkeypatch.context() as patch:
        install_next(site, patch)
        run_until(upgrade, "rehearse", "before", site.upgrade)
    site.upgrade()
    assert "Nothing to do" in site.lines[-1]
    assert (site.notes.step, site.notes.to_version) == (upgrade_notes.DONE, NEW)
    assert find_version_line(site).grade == "ok"


def test_one_that_stopped_at_its_trial_deserves_a_look_and_hides_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.upgrade()
    install_next(site, monkeypatch)
    run_until(upgrade, "rehearse", "before", site.upgrade)
    found = check.examine(site.app.config, site.app.extensions["huey"])
    line = find_version_line(site)
    assert line.grade == "look" and "`reflexe upgrade` goes on, `reflexe upgrade --back` gives it up" in line.text
    assert check.is_complete(found) and "mails" in {one.subject for one in found}
    run_until(upgrade, "close", "after", site.upgrade)
    assert find_version_line(site).grade == "wrong"


def test_what_ends_an_upgrade_stands_alone_beside_another_schema(site: Site, tmp_path: Path) -> None:
    run_until(upgrade, "migrate_database", "before", site.upgrade)
    line = find_version_line(site)
    assert line.grade == "wrong" and line.text.endswith("`reflexe upgrade` goes on, `reflexe upgrade --back` goes back")
    said = terminal.run(site.app, "backup", tmp_path / "copy", code=1).stderr
    assert said.strip().endswith("did not end: run `reflexe upgrade` again, or `reflexe upgrade --back`.")
