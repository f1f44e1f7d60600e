"""Bringing in a plan from a spreadsheet: the file, then a page of what would come, then the draft or a publication."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.exchange import plan_imports
from app.exchange.plan_file import reading, tables
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.columns import COLUMNS, NEEDED
from app.exchange.plan_imports import Preview
from app.forms.base import parse_number
from app.forms.import_answers import AnswersForm
from app.forms.plan_files import ImportForm, PlanFileForm
from app.forms.times import explain
from app.plan import policy
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanImport
from app.plan.queries import plans as queries
from app.web.frame import locale
from app.web.frame.attempt import attempt
from app.web.frame.params import single_param
from app.web.frame.responses import done, go, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.plan import import_preview, import_questions, import_wording, news
from app.web.plan.bp import bp

IMPORT = Loader(plan_imports.get_plan_import, "import_id")


@bp.get("/plan/import")
@members(policy.WRITE)
def import_plan() -> str:
    plans = _plans()
    first = plans[0].id if plans else None
    return render(
        "plan/import.html",
        form=PlanFileForm.of(plans, formdata=None, data={"plan": first, "extent": "whole"}),
        **_help(plans),
    )


@bp.post("/plan/import")
@members(policy.WRITE, limit="team", without_message="the page that comes next shows what was read in the file")
def send_plan_file() -> Response:
    """Read a file and hold it; nothing is published yet."""
    plans = _plans()
    form = PlanFileForm.of(plans)
    outcome = attempt(form, lambda: _hold(form))
    if outcome.code:
        return refuse("plan/import.html", code=outcome.code, form=form, **_help(plans))
    return go(".confirm_import", import_id=outcome.result.id)


def _plans() -> list[Plan]:
    """Return the plans that a file may be of, the current one first."""
    plans = [plan for plan in queries.list_plans(me()) if not plan.is_archived]
    return sorted(plans, key=lambda plan: not plan.is_current)


def _help(plans: list[Plan]) -> dict[str, object]:
    lang = locale.get_language()
    return {
        "plans": plans,
        "waiting": plan_imports.list_waiting(me()),
        "kilobytes": tables.MOST_BYTES // 1000,
        "rows": tables.MOST_ROWS,
        "columns": [(column.name(lang), column.key in NEEDED) for column in COLUMNS],
    }


def _hold(form: PlanFileForm) -> PlanImport:
    plan = queries.get_plan(me(), parse_number(form.plan.data), policy.CHANGE)
    data, name = form.content()
    table = reading.read_table(data, name)
    return plan_imports.store(me(), plan, table, file_name=name, is_partial=form.extent.data == "part")


@bp.route("/plan/import/<id:import_id>", methods=["GET", "POST"])
@members(policy.CONFIRM_IMPORT, of=IMPORT, limit="team")
def confirm_import(plan_import: PlanImport) -> str | Response:
    """Show what a file would change, and write it in the draft, or publish it with a reason."""
    form = ImportForm()
    if request.method != "POST":
        return _show(plan_import, ImportForm(formdata=None))
    plan_id = plan_imports.get_plan(plan_import).id
    outcome = attempt(form, lambda: _bring_in(plan_import, form))
    if outcome.code:
        return _show(IMPORT.again(policy.CONFIRM_IMPORT), form, outcome.code)
    if outcome.result is None:
        return done(url_for(".show_one", plan_id=plan_id), _("Le plan est publié tel que le fichier le dit."))
    return done(url_for(".draft", plan_id=plan_id), _describe(outcome.result))


def _bring_in(plan_import: PlanImport, form: ImportForm) -> Preview | None:
    """Return what a file did to the draft, None where it was published at once."""
    if not form.is_at_once:
        return plan_imports.bring_in(me(), plan_import, version=form.version.data)
    plan_imports.confirm(me(), plan_import, version=form.version.data, reason=form.reason.data or "")
    return None


def _describe(preview: Preview) -> str:
    """Say what came into the draft, and what was left out."""
    found = [import_wording.summarise(preview.counts), news.summarise(preview.progress)]
    words = _(
        "C'est dans le brouillon, que seule la coordination lit : %(what)s.", what=" · ".join(filter(None, found))
    )
    if not preview.refusals:
        return words
    more = ngettext(
        "%(num)s case refusée reste comme elle était; le fichier est gardé 30 jours.",
        "%(num)s cases refusées restent comme elles étaient; le fichier est gardé 30 jours.",
        len(preview.refusals),
    )
    return f"{words} {more}"


@bp.post("/plan/import/<id:import_id>/answers")
@members(policy.CONFIRM_IMPORT, of=IMPORT, limit="team")
def answer_import(plan_import: PlanImport) -> Response:
    """Read a file again with what its person says of it."""
    before, answers = plan_imports.get_file(plan_import), Answers(**plan_import.answers)
    questions = import_questions.list_questions(before, answers)
    form = AnswersForm.of(questions.list_asks(), is_sent=True)
    outcome = attempt(
        form,
        lambda: plan_imports.answer(me(), plan_import, import_questions.read_answers(form, questions, answers)),
    )
    if outcome.code:
        return _show(IMPORT.again(policy.CONFIRM_IMPORT), ImportForm(formdata=None), outcome.code, form)
    plan_import = IMPORT.again(policy.CONFIRM_IMPORT)
    words = import_wording.compare_files(before, plan_imports.get_file(plan_import))
    return done(url_for(".confirm_import", import_id=plan_import.id), *outcome.describe(words))


def _show(
    plan_import: PlanImport, form: ImportForm, code: int = 200, answers_form: AnswersForm | None = None
) -> Response:
    plan = plan_imports.get_plan(plan_import)
    file = plan_imports.get_file(plan_import)
    preview = plan_imports.build_preview(file, plan)
    questions = import_questions.list_questions(file, Answers(**plan_import.answers))
    form.version.data = preview.version
    return refuse(
        "plan/import_preview.html",
        code=code,
        plan_import=plan_import,
        plan=plan,
        form=form,
        questions=questions,
        answers_form=answers_form or AnswersForm.of(questions.list_asks(), is_sent=False),
        most_open=import_questions.OPEN,
        refusals=import_wording.list_refusals(preview.refusals),
        refused_count=len(preview.refusals),
        understood=import_preview.summarise(file, preview),
        guesses=import_preview.list_guesses(preview.guesses),
        parts=import_preview.view_page(preview, file, parse_number(single_param("part"))),
        groups=import_wording.group_progress(preview.progress_changes),
        preview=preview,
        obstacle=explain(preview.obstacle) if preview.obstacle else "",
        summary=import_wording.summarise(preview.counts),
        removed=sum(one.kind == "removed" and one.level == "action" for one in preview.structure),
    )
