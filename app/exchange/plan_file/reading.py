"""Read the file of a plan: from its bytes to an outline with what was refused, or to one refusal of all of it."""

from datetime import date

from app.core.errors import N_, Invalid
from app.exchange.plan_file import table_process, tables
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.days import Frame
from app.exchange.plan_file.grouping import group_rows
from app.exchange.plan_file.parsing import Parser
from app.exchange.plan_file.rows import Question, Sheet
from app.exchange.plan_file.said import list_said, list_unplaced
from app.exchange.plan_file.tables import Table
from app.plan.outline import Outline

EMPTY = N_("Ce fichier ne contient aucune action.")
FORMATS = N_("Donnez un fichier .csv, .xlsx ou .ods.")
OLD = N_(
    "Ce fichier est d'un ancien Excel (.xls) : ouvrez-le dans votre tableur, enregistrez-le en .xlsx, puis réessayez."
)


def parse_plan_file(data: bytes, file_name: str, blank: Outline) -> PlanFile:
    """Return what a file holds, inside the title, the summary and the years of `blank`; no part has an id yet.

    A cell that can't be taken is among the refusals; nothing else of the file is lost by it. Raise Invalid where there
    is no plan to read: another format, no titles, too large, no action.
    """
    return parse(read_table(data, file_name), blank, Answers())


def read_table(data: bytes, file_name: str) -> Table:
    """Return the table of a file. Raise Invalid for another format, or what is too large."""
    return table_process.parse_table(data, check(data, file_name))


def check(data: bytes, file_name: str) -> str:
    """Return the ending of a file that may be read. Raise Invalid for one that is too large, or of another format."""
    if len(data) > tables.MOST_BYTES:
        raise tables.too_large()
    ending = file_name.lower().rpartition(".")[2]
    if ending not in table_process.READERS:
        raise Invalid(OLD if ending == "xls" else FORMATS, "file")
    return ending


def parse(table: Table, blank: Outline, answers: Answers) -> PlanFile:
    """Return what a table holds with what a person answered about it; `parse_plan_file` says the rest."""
    frame = Frame(date.fromisoformat(blank.starts_on), date.fromisoformat(blank.ends_on))
    sheet = Sheet(table, answers, frame)
    parts, parser = group_rows(sheet), Parser(sheet)
    orientations = list(map(parser.orientation, parts))
    if not parser.progress and not sheet.refusals:
        raise Invalid(EMPTY, "file")
    outline = Outline(blank.title, blank.starts_on, blank.ends_on, blank.summary, orientations)
    refusals = sorted(sheet.refusals, key=lambda refusal: refusal.row)
    questions = [*sheet.questions, *_ask_for_proof(sheet)]
    return PlanFile(
        outline,
        parser.progress,
        sheet.titles,
        refusals,
        sheet.list_unread(),
        table.sheet,
        sorted(sheet.guesses, key=lambda guess: guess.row),
        questions,
        list(list_said(sheet, parts)),
        list_unplaced(sheet),
        answers.is_partial,
        sorted(sheet.left_out, key=lambda row: row.row),
    )


def _ask_for_proof(sheet: Sheet) -> list[Question]:
    """Ask once for what proves the milestones that are said to be reached without a proof."""
    return [Question("proof", "proof", "", rows=tuple(sheet.proofless))] if sheet.proofless else []
