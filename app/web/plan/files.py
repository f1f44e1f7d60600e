"""A plan as a file that a spreadsheet opens, and that can be brought back."""

from werkzeug.wrappers import Response

from app.core import versions
from app.core.actor import ANYONE
from app.core.errors import NotFound
from app.core.text.slug import slugify
from app.exchange.plan_file import writing
from app.plan import policy
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.queries import progress
from app.web.frame import files, loaders, locale
from app.web.frame.routes import public
from app.web.plan.bp import bp


@bp.get("/plan.csv")
@public(policy.READ, lists=queries.readable_by)
def csv() -> Response:
    return _csv(_current())


@bp.get("/plan/<id:plan_id>.csv")
@public(policy.READ, of=loaders.PLAN)
def csv_of(plan: Plan) -> Response:
    return _csv(plan)


@bp.get("/plan.xlsx")
@public(policy.READ, lists=queries.readable_by)
def xlsx() -> Response:
    return _xlsx(_current())


@bp.get("/plan/<id:plan_id>.xlsx")
@public(policy.READ, of=loaders.PLAN)
def xlsx_of(plan: Plan) -> Response:
    return _xlsx(plan)


def _current() -> Plan:
    plan = queries.find_current_plan(ANYONE)
    if plan is None:
        raise NotFound()
    return plan


def _csv(plan: Plan) -> Response:
    lines = writing.csv_lines(
        queries.get_published_outline(plan), progress.get_progress_by_action(plan), locale.get_language()
    )
    return files.send(lines, slugify(plan.title), "csv")


def _xlsx(plan: Plan) -> Response:
    """Send the workbook, which takes long to write: it is kept for as long as nothing changes."""
    lang = locale.get_language()
    data = versions.get_or_load(
        ("plan.xlsx", plan.id, lang),
        lambda: writing.build_xlsx(queries.get_published_outline(plan), progress.get_progress_by_action(plan), lang),
    )
    return files.send([data], slugify(plan.title), "xlsx")
