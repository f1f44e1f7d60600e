"""import: bring in ideas and comments from another platform, a plan from a spreadsheet, shapes from a map."""

import sys
from pathlib import Path
from typing import Any

import click

from app.cli.plan_file import import_plan
from app.cli.shapes import import_shapes
from app.cli.terminal import answer, as_json, bar, on_app, say, tell
from app.communities import queries as communities
from app.exchange import comments as comment_rows
from app.exchange import ideas as idea_rows
from app.exchange.lines import Report

file_to_read = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group("import")
def import_() -> None:
    """Bring in ideas and comments from another platform, a plan from a spreadsheet, or shapes for the maps."""


import_.add_command(import_plan)
import_.add_command(import_shapes)


@import_.command("ideas")
@click.argument("file", type=file_to_read)
@click.option("--comments", type=file_to_read, help="The comments on these ideas, in JSON Lines too.")
@click.option("--community", metavar="SLUG", help="The lead community; without one, coordinators moderate the ideas.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@as_json
@on_app()
def import_ideas(file: Path, comments: Path | None, community: str | None, dry_run: bool, as_json: bool) -> None:
    """Take the ideas of FILE (JSON Lines); what is here already is left as it is.

    A row that can't be taken is reported with its line and its reason, and the rest goes on. Exit code 0 when every
    row was taken or was here already, 1 when some were refused. An import that was stopped goes on when run again.
    """
    ideas = Report(tell=_reporter(file))
    community_id = _community(community)
    with bar("Ideas", file.stat().st_size) as progress:
        keys = idea_rows.bring(file, ideas, community_id=community_id, dry_run=dry_run, step=progress.update)
    reports = {"ideas": ideas}
    if comments:
        reports["comments"] = _comments(comments, keys, dry_run)
    _conclude(reports, dry_run, as_json)


def _comments(file: Path, keys: set[idea_rows.Key], dry_run: bool) -> Report:
    report = Report(tell=_reporter(file))
    with bar("Comments, read", file.stat().st_size) as progress:
        order = comment_rows.scan(file, report, step=progress.update)
    with bar("Comments", len(order)) as progress:
        comment_rows.bring(file, order, keys, report, dry_run=dry_run, step=progress.update)
    return report


def _reporter(file: Path) -> Any:
    """Return a function that reports each refused row at once, on stderr."""
    return lambda line, reason: tell(f"{file}:{line}: {reason}")


def _community(slug: str | None) -> int | None:
    if slug is None:
        return None
    rooms = communities.get_rooms().by_slug
    if slug not in rooms:
        slugs = ", ".join(rooms) or "none"
        raise click.BadParameter(f"there is none at {slug}; there are: {slugs}", param_hint="--community")
    if rooms[slug].is_private:
        raise click.BadParameter(f"{slug} is private: nothing is brought in for members only", param_hint="--community")
    return rooms[slug].id


def _conclude(reports: dict[str, Report], dry_run: bool, as_json: bool) -> None:
    if as_json:
        answer(
            {
                name: {"added": report.added_count, "known": report.present_count, "refused": report.refused_count}
                for name, report in reports.items()
            }
        )
    else:
        for name, report in reports.items():
            say(
                f"{name}: {report.added_count} {'would be ' if dry_run else ''}added, "
                f"{report.present_count} here already, {report.refused_count} refused"
            )
    sys.exit(1 if any(report.refused_count for report in reports.values()) else 0)
