"""import plan: bring a plan in from the spreadsheet where it lives."""

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from flask_babel import force_locale, gettext

from app.accounts import queries as accounts
from app.accounts.models.people import User
from app.cli.terminal import answer, as_json, on_app, parse_address, say, tell
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.text.plain import clean_line, clean_text
from app.exchange import plan_imports
from app.exchange.plan_file import reading, tables
from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.progress import ProgressChange
from app.exchange.plan_file.rows import Refusal
from app.exchange.plan_imports import Preview
from app.plan import policy
from app.plan.differences import Difference
from app.plan.models.structure import Plan
from app.plan.outline import Outline
from app.plan.queries import plans

DAY = click.DateTime(["%Y-%m-%d"])
REASON = "Plan importé du fichier « {name} »."


@click.command("plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--plan", "plan_id", type=int, metavar="ID", help="The plan that FILE is of; else the current one.")
@click.option("--begin", metavar="TITLE", help="Begin a plan of this title, with --starts and --ends.")
@click.option("--starts", type=DAY, help="The first day of the plan that begins.")
@click.option("--ends", type=DAY, help="The last day of the plan that begins.")
@click.option("--by", metavar="ADDRESS", help="The coordinator who publishes it; needed if there are several.")
@click.option("--reason", metavar="TEXT", help="Why this version is published; everybody reads it.")
@click.option("--dry-run", is_flag=True, help="Say what would come, write nothing.")
@as_json
@on_app()
def import_plan(
    file: Path,
    plan_id: int | None,
    begin: str | None,
    starts: datetime | None,
    ends: datetime | None,
    by: str | None,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Publish the plan of FILE (.csv, .xlsx or .ods) as the next version; docs/plan-file.md says how it is written.

    Where one cell can't be taken nothing is, and the exit code is 1; each is reported with its line and its reason. A
    file that says what the plan says already changes nothing.
    """
    actor = _actor(by)
    plan, blank = _find_plan(actor, plan_id, begin, starts, ends)
    content = reading.parse_plan_file(_bytes(file), file.name, blank)
    preview = plan_imports.build_preview(content, plan)
    if preview.changes and not preview.refusals and not dry_run:
        reason = clean_text(reason or REASON.format(name=file.name))
        plan_imports.publish(actor, plan, content, version=preview.version, reason=reason)
    _report(file, content, preview, dry_run=dry_run, as_json=as_json)
    sys.exit(1 if preview.refusals else 0)


def _bytes(file: Path) -> bytes:
    """Return what a file holds, and no more of a large one than tells that it is too large."""
    with file.open("rb") as opened:
        return opened.read(tables.MOST_BYTES + 1)


def _actor(by: str | None) -> Actor:
    """Return the coordinator who is named, or the only one there is. Raise BadParameter."""
    user = accounts.find_by_email(parse_address(by, of="--by")) if by else _only_coordinator()
    if user is None or user.site_role != "coordinator" or user.closed_at is not None:
        raise click.BadParameter("name the account of a coordinator.", param_hint="--by")
    return actor_for(user)


def _only_coordinator() -> User | None:
    ids = communities.list_team_ids(None)
    return accounts.find_open_account(ids[0]) if len(ids) == 1 else None


def _find_plan(
    actor: Actor, plan_id: int | None, begin: str | None, starts: datetime | None, ends: datetime | None
) -> tuple[Plan | None, Outline]:
    """Return the plan of the file, None for one that begins, and its outline without parts. Raise BadParameter."""
    if begin is not None:
        if starts is None or ends is None or plan_id is not None:
            raise click.UsageError("--begin goes with --starts and --ends, and without --plan.")
        return None, Outline(clean_line(begin), starts.date().isoformat(), ends.date().isoformat())
    try:
        plan = plans.get_plan(actor, plan_id, policy.CHANGE) if plan_id is not None else plans.find_current_plan(actor)
    except NotFound:
        plan = None
    if plan is None:
        raise click.BadParameter("there is no such plan; begin one with --begin TITLE.", param_hint="--plan")
    return plan, plan_imports.build_blank_outline(plan)


def _report(file: Path, content: PlanFile, preview: Preview, *, dry_run: bool, as_json: bool) -> None:
    for refusal in preview.refusals:
        tell(f"{file}:{refusal.row or '-'}: {_reason(refusal)}")
    for column in content.unread:
        like = f": “{column.like}” is read for it" if column.like else ""
        tell(f"{file}: the column “{column.title}” is not read{like}.")
    if as_json:
        answer(
            {
                "differences": [asdict(one) for one in preview.structure],
                "progress": [asdict(one) for one in preview.progress_changes],
                "unread_columns": [column.title for column in content.unread],
                "refused": [asdict(one) | {"message": _reason(one)} for one in preview.refusals],
            }
        )
        return
    for one in preview.changes:
        say(" ".join(filter(None, (one.kind, one.level, one.code, one.title, _detail(one)))))
    say(_sentence(preview, dry_run))


def _detail(one: Difference | ProgressChange) -> str:
    """Say what changed of a part, or what it comes to."""
    if isinstance(one, ProgressChange):
        return one.detail
    names = (
        [change.field for change in one.changes]
        + ["moved"] * bool(one.moved)
        + [f"{part.level} {part.kind}" for part in one.parts]
    )
    return f"({', '.join(names)})" if names else ""


def _sentence(preview: Preview, dry_run: bool) -> str:
    if preview.refusals:
        return f"Nothing is imported: {len(preview.refusals)} refused."
    counts = ", ".join(f"{count} {kind}" for kind, count in preview.counts.items())
    return f"plan: {counts}{' (dry run)' if dry_run else ''}" if counts else "plan: nothing to change"


def _reason(refusal: Refusal) -> str:
    with force_locale("en"):
        said = gettext(refusal.message) % refusal.values
    return ": ".join(filter(None, (refusal.column, refusal.value, said)))
