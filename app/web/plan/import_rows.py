"""The rows of a plan's file that are refused, taken away to be mended and brought in again."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.text.slug import slugify
from app.exchange import plan_imports, sheets
from app.exchange.plan_file import refused_rows, tables
from app.exchange.plan_file.answers import Answers
from app.forms.times import explain
from app.plan import policy
from app.plan.models.versions import PlanImport
from app.web.frame import files
from app.web.frame.routes import members
from app.web.plan.bp import bp
from app.web.plan.imports import IMPORT


@bp.get("/plan/import/<id:import_id>/refused.csv")
@members(policy.CONFIRM_IMPORT, of=IMPORT)
def refused_rows_csv(plan_import: PlanImport) -> Response:
    preview = plan_imports.build_preview(plan_imports.get_file(plan_import), plan_imports.get_plan(plan_import))
    reasons: dict[int, list[str]] = {}
    for one in preview.refusals:
        reasons.setdefault(one.row, []).append(f"{one.column} : {explain(one)}")
    rows = refused_rows.list_refused_rows(
        tables.load_table(plan_import.content), Answers(**plan_import.answers), reasons, heading=_("Pourquoi")
    )
    name = slugify(plan_import.file_name.rpartition(".")[0] or plan_import.file_name)
    return files.send(sheets.csv_lines(rows), f"{name}-refus", "csv")
