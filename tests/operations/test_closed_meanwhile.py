"""A restoration closes the site while it works, and opens what a program can serve."""

from pathlib import Path

import pytest
from flask import Flask

from app.core import maintenance
from app.operations import backup, schema
from tests.support.terminal import error_line, invoke, run


def test_a_restoration_closes_the_site_while_it_works_and_a_refusal_changes_nothing(
    platform: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, seen = maintenance.begin(platform.config["DATA_DIR"]), []
    (tmp_path / "no copy").write_text("no copy")
    error_line(invoke("restore", tmp_path / "no copy", app=platform))
    with maintenance.at_work(platform.config["DATA_DIR"], began):
        pass
    copy, real = tmp_path / "copy", backup.restore
    run(platform, "backup", copy)
    monkeypatch.setattr(
        backup, "restore", lambda *args: seen.append(maintenance.read(platform.config["DATA_DIR"])) or real(*args)
    )
    run(platform, "restore", copy)
    assert seen[0].why == "restore" and maintenance.is_over(platform.config["DATA_DIR"], began)


def test_a_restoration_of_another_schema_leaves_the_site_closed_until_it_is_migrated(
    platform: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    run(platform, "backup", copy)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "get_head_revision", lambda: "0029")
        said = run(platform, "restore", copy).stderr
    assert "The site stays closed until `reflexe migrate` opens it, with either version." in said
    assert maintenance.is_marked(platform.config["DATA_DIR"])
    run(platform, "migrate")
    assert not maintenance.is_marked(platform.config["DATA_DIR"])
