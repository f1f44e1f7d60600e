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
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.progress import ProgressChange
from app.exchange.plan_file.rows import Guess, Refusal
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
@click.option("--by", metavar="ADDRESS", help="The coordinator who brings it in; needed if there are several.")
@click.option("--partial", is_flag=True, help="FILE describes a part of the plan: it removes nothing.")
@click.option("--proof", metavar="TEXT", default="", help="What proves the milestones that FILE gives no proof of.")
@click.option("--publish", is_flag=True, help="Publish a version at once, instead of writing the draft.")
@click.option("--reason", metavar="TEXT", help="With --publish: why; everybody reads it.")
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
    partial: bool,
    proof: str,
    publish: bool,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the plan of FILE (.csv, .xlsx or .ods) as the draft of a plan; docs/plan-file.md says how it is written.

    A cell that can't be taken is reported with its line and its reason, and leaves what it is about as it is; the exit
    code is then 1. With --publish nothing comes in while there is one. A file that says what the plan says already
    changes nothing.
    """
    if reason and not publish:
        raise click.UsageError("--reason goes with --publish: the draft is published on the site.")
    actor = _actor(by)
    plan, blank = _find_plan(actor, plan_id, begin, starts, ends)
    answers = Answers(proof=clean_line(proof), is_partial=partial)
    content = reading.parse(reading.read_table(_bytes(file), file.name), blank, answers)
    preview = plan_imports.build_preview(content, plan, at_once=publish)
    _report_cells(file, content, preview)
    if preview.obstacle:
        raise preview.obstacle
    if publish and preview.changes and not preview.refusals:
        plan_imports.check_at_once(preview, plan)
    if preview.changes and not dry_run and not (publish and preview.refusals):
        _bring_in(actor, plan, content, preview, reason=reason or REASON.format(name=file.name), publish=publish)
    _report(content, preview, publish=publish, dry_run=dry_run, as_json=as_json)
    sys.exit(1 if preview.refusals else 0)


def _bring_in(
    actor: Actor, plan: Plan | None, content: PlanFile, preview: Preview, *, reason: str, publish: bool
) -> None:
    if publish:
        plan_imports.publish(actor, plan, content, version=preview.version, reason=clean_text(reason))
    else:
        plan_imports.write_draft(actor, plan, content, version=preview.version)


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


def _report_cells(file: Path, content: PlanFile, preview: Preview) -> None:
    """Tell what is refused, guessed, asked and not read."""
    for refusal in preview.refusals:
        tell(f"{file}:{refusal.row}: {_reason(refusal)}")
    for guess in preview.guesses:
        tell(f"{file}:{guess.row}: guessed: {_reason(guess)}{f' ({guess.understood})' if guess.understood else ''}")
    for question in content.questions:
        rows = ", ".join(map(str, question.rows))
        tell(f"{file}: to be answered ({question.kind}{f' {question.value}' * bool(question.value)}): lines {rows}")
    for column in content.unread:
        tell(f"{file}: the column “{column.title}” is not read.")
    if preview.unplaced:
        tell(f"{file}: lines {', '.join(map(str, preview.unplaced))} have no place: nothing is removed from the plan.")


def _report(content: PlanFile, preview: Preview, *, publish: bool, dry_run: bool, as_json: bool) -> None:
    if as_json:
        answer(
            {
                "differences": [asdict(one) for one in preview.structure],
                "progress": [asdict(one) for one in preview.progress_changes],
                "unread_columns": [column.title for column in content.unread],
                "refused": [asdict(one) | {"message": _reason(one)} for one in preview.refusals],
                "guessed": [asdict(one) | {"message": _reason(one)} for one in preview.guesses],
                "unplaced": preview.unplaced,
            }
        )
        return
    for one in preview.changes:
        say(" ".join(filter(None, (one.kind, one.level, one.code, one.title, _detail(one)))))
    say(_sentence(preview, publish=publish, dry_run=dry_run))


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


def _sentence(preview: Preview, *, publish: bool, dry_run: bool) -> str:
    if publish and preview.refusals:
        return f"Nothing is imported: {len(preview.refusals)} refused."
    if not preview.changes:
        return "plan: nothing to change"
    counts = [f"{count} {kind}" for kind, count in preview.counts.items()]
    counts += [f"{len(preview.refusals)} refused"] * bool(preview.refusals)
    where = "" if publish else ", in the draft"
    return f"plan: {', '.join(counts)}{where}{' (dry run)' if dry_run else ''}"


def _reason(one: Refusal | Guess) -> str:
    with force_locale("en"):
        said = gettext(one.message) % one.values
    return ": ".join(filter(None, (one.column, one.value, said)))
