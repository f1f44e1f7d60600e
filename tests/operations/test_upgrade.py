"""An upgrade by one command: what it does, what it says, and that the next run ends what one before it began."""

from typing import Any

import pytest
from sqlalchemy import text

from app.core import maintenance
from app.core.db import db
from app.core.errors import Conflict
from app.operations import check, schema, upgrade, upgrade_back, upgrade_notes
from tests.operations.release_folders import FORMER, NEW, OLD, Site
from tests.operations.test_backup import names, rename

HEAD = schema.get_head_revision()
STEPS = [step.__name__ for step in upgrade.STEPS]
WHEN = [pytest.param("before", marks=pytest.mark.one_engine), "after"]
BACKWARDS = [step.__name__ for step in upgrade_back.STEPS]


def run_until(module: Any, name: str, when: str, act: Any) -> None:
    """Act, and end as a process that is killed does, before or after a step."""

    def step(work: Any) -> None:
        if when == "after":
            real(work)
        raise KeyboardInterrupt

    real = next(one for one in module.STEPS if one.__name__ == name)
    step.__name__ = name
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(module, "STEPS", tuple(step if one is real else one for one in module.STEPS))
        act()


def version_line(site: Site) -> str:
    return next(
        one.text for one in check.examine(site.app.config, site.app.extensions["huey"]) if one.subject == "version"
    )


def test_the_steps_of_the_way_back_are_those_that_the_notes_know() -> None:
    assert tuple(BACKWARDS) == upgrade_notes.BACKWARDS


def test_so_are_the_steps_of_an_upgrade() -> None:
    assert tuple(STEPS) == upgrade_notes.FORWARDS
    assert list(upgrade_notes.DOING) == [*STEPS, *BACKWARDS]


@pytest.mark.usefixtures("rehearsed")
def test_it_brings_the_database_and_the_link_to_the_new_version(site: Site) -> None:
    before = names()
    site.upgrade()
    assert site.describe() == (NEW, HEAD, before, True)
    assert (site.notes.step, site.notes.from_version, site.notes.from_revision) == (upgrade_notes.DONE, OLD, FORMER)
    assert f"{OLD} to {NEW}, schema {FORMER} to {HEAD}." in site.lines
    assert version_line(site).endswith(f"schema {HEAD}")


@pytest.fixture
def written_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have somebody write right before the site closes, each time."""
    close = maintenance.close

    def write_then_close(*args: Any, **options: Any) -> maintenance.Hold:
        # As a program of the schema that is there.
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE communities SET name = 'Written last'"))
        return close(*args, **options)

    monkeypatch.setattr(maintenance, "close", write_then_close)


@pytest.mark.usefixtures("rehearsed", "written_last")
def test_what_was_written_until_the_site_closed_is_in_the_backup(site: Site) -> None:
    site.upgrade()
    assert names() == {"Written last"}
    site.go_back(lose_them=True)
    assert site.describe() == (OLD, FORMER, {"Written last"}, True)


@pytest.mark.usefixtures("rehearsed", "written_last")
def test_what_was_written_until_the_site_closed_for_the_way_back_is_not_lost_unasked(site: Site) -> None:
    site.upgrade()
    with pytest.raises(Conflict, match="Going back loses it"):
        site.go_back()
    assert site.describe() == (NEW, HEAD, {"Written last"}, True)


@pytest.mark.usefixtures("rehearsed")
def test_the_site_is_closed_from_the_backup_to_the_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    note = upgrade.Work.note

    def look(self: Any, **changes: Any) -> None:
        note(self, **changes)
        if "step" in changes:
            found[changes["step"]] = maintenance.is_marked(site.data_dir)

    monkeypatch.setattr(upgrade.Work, "note", look)
    site.upgrade()
    open_at = {"rehearse", "close", upgrade_notes.DONE}
    assert found == {step: step not in open_at for step in [*STEPS, upgrade_notes.DONE]}


@pytest.mark.usefixtures("rehearsed")
@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("name", STEPS)
def test_one_that_is_killed_at_any_step_is_ended_by_the_next_run(site: Site, name: str, when: str) -> None:
    before = names()
    run_until(upgrade, name, when, site.upgrade)
    assert "did not end" in version_line(site)
    site.upgrade()
    assert site.describe() == (NEW, HEAD, before, True)
    assert "did not end" not in version_line(site)
    site.go_back()
    assert site.describe() == (OLD, FORMER, before, True)


@pytest.mark.usefixtures("rehearsed")
@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("name", STEPS[1:])
def test_one_that_is_killed_at_any_step_is_taken_back(site: Site, name: str, when: str) -> None:
    before = names()
    run_until(upgrade, name, when, site.upgrade)
    site.go_back()
    assert site.describe() == (OLD, FORMER, before, True)
    assert site.notes.step == upgrade_notes.BACK
    site.upgrade()
    assert site.describe() == (NEW, HEAD, before, True)


@pytest.mark.usefixtures("rehearsed")
@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("name", BACKWARDS)
def test_a_way_back_that_is_killed_at_any_step_is_ended_by_the_next_run(site: Site, name: str, when: str) -> None:
    before = names()
    site.upgrade()
    rename("Written since")
    run_until(upgrade_back, name, when, lambda: site.go_back(lose_them=True))
    with pytest.raises(Conflict) as refusal:
        site.upgrade()
    assert "`reflexe upgrade --back` goes on" in refusal.value.message % refusal.value.values
    site.go_back()
    assert site.describe() == (OLD, FORMER, before, True)
    assert site.notes.former and site.read_aside() == {"Written since"}


@pytest.mark.usefixtures("rehearsed")
def test_a_run_that_goes_on_says_that_the_site_is_closed_already(site: Site) -> None:
    run_until(upgrade, "back_up", "before", site.upgrade)
    assert sum(line.startswith("Closing the site") for line in site.lines) == 1
    site.upgrade()
    assert sum(line.startswith("Closing the site") for line in site.lines) == 1
    assert any(line.startswith("The site is closed still, for about") for line in site.lines)
