"""import ideas: bring in ideas and comments from another platform."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from flask_babel import force_locale, gettext

from app.cli.terminal import answer, as_json, bar, on_app, say, tell
from app.communities import queries as communities
from app.core.text.plain import clean_line, excerpt
from app.exchange import comments as comment_rows
from app.exchange import dates, meanings, sources
from app.exchange import ideas as idea_rows
from app.exchange.report import ABOUT_ANOTHER, FIRST, RESERVATIONS, WITH_IDEA, Reason, Report
from app.exchange.sources import Source
from app.exchange.translation import Answers

file_to_read = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
HEADING = 60
LEFT_OUT = {
    WITH_IDEA: "on an idea that is left out: left out, too",
    ABOUT_ANOTHER: "on another kind of thing: left out",
}


@click.command("ideas")
@click.argument("file", type=file_to_read)
@click.option("--comments", type=file_to_read, help="The comments on these ideas, in a file of the same kinds.")
@click.option("--community", metavar="SLUG", help="The lead community; without one, coordinators moderate the ideas.")
@click.option("--source", default="", metavar="NAME", help="Where the ideas come from, when FILE does not say it.")
@click.option("--dates", "order", type=click.Choice([dates.DAY_FIRST, dates.MONTH_FIRST]), help="How 03/04/2020 reads.")
@click.option(
    "--include", multiple=True, type=click.Choice([*RESERVATIONS, "all"]), help="Bring rows that say it, too."
)
@click.option("--column", multiple=True, metavar="FIELD=HEADING", help="What a column of the ideas is.")
@click.option("--comments-column", multiple=True, metavar="FIELD=HEADING", help="What a column of the comments is.")
@click.option(
    "--comments-on", default="", metavar="TYPE", help="Of a file of comments on several kinds of things, which."
)
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@as_json
@on_app()
def import_ideas(file: Path, comments: Path | None, community: str | None, **options: Any) -> None:
    """Take the ideas of FILE (CSV or JSON Lines); what is here already is left as it is.

    Columns are found by what their headings mean, in French or English; docs/operating.md lists them. A row that can't
    be taken is refused with its line and its reason, and the rest goes on; one that says it is private, a draft or
    rejected is left out unless --include says it. Exit code 0 when every row was taken, was here already or was left
    out, 1 when some were refused. An import that was stopped goes on when run again.
    """
    community_id, include = _community(community), options["include"]
    with ExitStack() as opened:
        ideas = opened.enter_context(sources.open_source(file, "ideas", _answers("ideas", options), include=include))
        files = [(file, ideas)]
        if comments:
            answers = _answers("comments", options)
            found = opened.enter_context(sources.open_source(comments, "comments", answers, include=include))
            files.append((comments, found))
        _ask(files)
        reports = _bring([source for _path, source in files], community_id, dry_run=options["dry_run"])
    _conclude(files, reports, dry_run=options["dry_run"], as_json=options["as_json"])


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


def _answers(kind: str, options: dict[str, Any]) -> Answers:
    pairs = options["column"] if kind == "ideas" else options["comments_column"]
    columns = {}
    for pair in pairs:
        name, _sign, heading = pair.partition("=")
        if name and name not in meanings.FIELDS[kind]:
            raise click.BadParameter(f"{name} is none of {', '.join(meanings.FIELDS[kind])}", param_hint="--column")
        columns[heading] = name
    return Answers(
        kind, columns, dates=options["order"] or "", source=options["source"], subject=options["comments_on"]
    )


def _ask(files: list[tuple[Path, Source]]) -> None:
    """Raise UsageError for what only a person can tell; nothing is brought in yet."""
    for path, source in files:
        survey = source.survey
        if source.has_open_dates:
            count = sum(survey.orders.values())
            raise click.UsageError(
                f"{path}: {count} dates such as {survey.date} can be read two ways: "
                f"add --dates {dates.DAY_FIRST} (the day first) or --dates {dates.MONTH_FIRST}"
            )
        if source.has_open_subject:
            kinds = ", ".join(f"{_write(name)} ({count})" for name, count in survey.subjects.most_common(FIRST))
            raise click.UsageError(f"{path}: its comments are on several kinds of things, {kinds}: add --comments-on")


def _bring(files: list[Source], community_id: int | None, *, dry_run: bool) -> dict[str, Report]:
    ideas, report = files[0], Report()
    with bar("Ideas", ideas.path.stat().st_size) as progress:
        keys = idea_rows.bring(ideas, report, community_id=community_id, dry_run=dry_run, step=progress.update)
    reports = {"ideas": report}
    for comments in files[1:]:
        reports["comments"] = _bring_comments(comments, keys, ideas.left_out, dry_run=dry_run)
    return reports


def _bring_comments(source: Source, keys: set[idea_rows.Key], left_out: set[str], *, dry_run: bool) -> Report:
    report = Report()
    with bar("Comments, read", source.path.stat().st_size) as progress:
        order = comment_rows.scan(source, report, step=progress.update)
    with bar("Comments", len(order)) as progress:
        comment_rows.bring(source, order, keys, report, left_out=left_out, dry_run=dry_run, step=progress.update)
    return report


def _conclude(files: list[tuple[Path, Source]], reports: dict[str, Report], *, dry_run: bool, as_json: bool) -> None:
    for path, source in files:
        for line in _list_remarks(source, reports[source.kind]):
            tell(f"{path}{line}")
    if as_json:
        answer({source.kind: _as_dict(source, reports[source.kind]) for _path, source in files})
    else:
        for name, report in reports.items():
            say(_sentence(name, report, dry_run=dry_run))
    sys.exit(1 if any(report.refused_count for report in reports.values()) else 0)


def _list_remarks(source: Source, report: Report) -> Iterator[str]:
    """Yield what is to be said of one file: equal reasons once, what was left out, what nobody read."""
    for reason in report.list_reasons():
        numbers = ",".join(map(str, reason.lines)) + ("…" if reason.count > len(reason.lines) else "")
        count = f"{reason.count} lines: " if reason.count > 1 else ""
        yield f":{numbers}: {count}{_explain(reason)}"
    for word, times in report.left_out.most_common():
        yield f": {_lines(times)} {LEFT_OUT.get(word) or _reservation(word, times)}"
    if report.orphan_count:
        yield f": {_lines(report.orphan_count)} hung from the nearest comment above what they answer, which is missing"
    if source.answers.without_ids and source.kind == "ideas":
        yield ": no column of ids: the same words are the same idea; --column id=HEADING names one"
    if source.unread:
        yield ": not read: " + ", ".join(f"{_write(name)} ({count})" for name, count in source.unread.items())


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def _reservation(word: str, count: int) -> str:
    return (
        f"{'says' if count == 1 else 'say'} {word}: left out; --include {word} brings {'it' if count == 1 else 'them'}"
    )


def _explain(reason: Reason) -> str:
    with force_locale("en"):
        text = str(gettext(reason.message) % reason.values)
    details = ", ".join(map(_write, reason.details))
    more = ", …" if reason.count > len(reason.details) > 1 else ""
    return f"{text} ({details}{more})" if details else text


def _write(text: str) -> str:
    """Return what a file holds as one short line, which a terminal takes."""
    return excerpt(clean_line(text), HEADING) or "?"


def _sentence(name: str, report: Report, *, dry_run: bool) -> str:
    left_out = report.left_out.total()
    return (
        f"{name}: {report.added_count} {'would be ' if dry_run else ''}added, {report.present_count} here already, "
        f"{report.refused_count} refused" + (f", {left_out} left out" if left_out else "")
    )


def _as_dict(source: Source, report: Report) -> dict[str, Any]:
    return {
        "added": report.added_count,
        "known": report.present_count,
        "refused": report.refused_count,
        "left_out": dict(report.left_out),
        "orphans": report.orphan_count,
        "reasons": [
            {"message": _explain(one), "count": one.count, "lines": one.lines} for one in report.list_reasons()
        ],
        "columns": source.columns,
        "unread": source.unread,
    }
