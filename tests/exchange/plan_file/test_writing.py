"""A plan goes out in the form in which it comes in: brought back it changes nothing, and no formula runs from it."""

import csv
import io
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.core import clock
from app.core.db import db
from app.core.text.plain import clean_line, clean_text, fold
from app.exchange import plan_imports, sheets
from app.exchange.plan_file import csv_table, progress, reading, writing
from app.exchange.plan_file.matching import match
from app.plan import differences
from app.plan import outline as outlines
from app.plan.models.structure import Action, Milestone
from app.plan.outline import (
    ActionOutline,
    DocumentOutline,
    FundingOutline,
    IndicatorOutline,
    MilestoneOutline,
    ObjectiveOutline,
    OrientationOutline,
    Outline,
)
from app.plan.queries import actions as action_queries
from app.plan.queries import plans as plan_queries
from app.plan.queries import progress as plan_progress
from app.plan.queries.progress import ActionProgress
from app.plan.service.bulletins import Completion
from tests.support.make_plan import MakePlan, action_of
from tests.support.sheets import FRAME

signs = st.characters(exclude_categories=["Cs", "Co", "Cn"])
hostile = st.sampled_from(
    ["=1+1", "'=1", "+33", "-5", "@SUM(A1)", 'a";"b', "x;y", "_x0041_", "#N/A", "'", '"', "1,000", "é\u00a0?"]
)
lines = (hostile | st.text(signs, min_size=1, max_size=20)).map(clean_line).filter(fold)
texts = (
    (hostile | st.text(signs | st.just("\n"), max_size=40))
    .map(clean_text)
    .filter(lambda text: not text or text.strip())
)
names = lines.filter(lambda name: 2 <= len(name) <= 120)
days = st.just("") | st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)).map(str)
links = st.integers(0, 999).map(lambda number: f"https://exemple.test/{number}?a=1;b=2,3")
numbers = (
    st.none() | st.floats(-1e9, 1e9).map(lambda number: round(number, 6)) | st.integers(-10_000, 10_000).map(float)
)
milestones = st.lists(st.builds(MilestoneOutline, lines, weight=st.integers(1, 100), due_on=days), max_size=3)
years = st.tuples(st.integers(1990, 2100), st.integers(1990, 2100)).map(sorted)
funding = st.builds(
    lambda source, amount, span: FundingOutline(source, amount, *span), lines, st.integers(0, 10**9), years
)
distinct = {"unique_by": repr, "max_size": 2}
actions = st.builds(
    ActionOutline,
    lines,
    body=texts,
    weight=st.integers(1, 100),
    lead=st.just("") | names,
    partners=st.lists(names, max_size=3, unique=True),
    community=st.sampled_from(["", "securite-alimentaire"]),
    communities=st.lists(st.sampled_from(["transport-collectif"]), max_size=1),
    territories=st.lists(st.sampled_from(["68010", "68015", "70", "70022"]), max_size=3, unique=True),
    issues=st.lists(st.sampled_from(["education"]), max_size=1),
    starts_on=days,
    ends_on=days,
    budget=st.none() | st.integers(0, 2**31 - 1),
    funding=st.lists(funding, **distinct),
    indicators=st.lists(
        st.builds(IndicatorOutline, lines, unit=st.just("") | lines, baseline=numbers, target=numbers), **distinct
    ),
    documents=st.lists(st.builds(DocumentOutline, lines, links), **distinct),
    milestones=milestones,
)
objectives = st.builds(ObjectiveOutline, lines, weight=st.integers(1, 100), actions=st.lists(actions, max_size=3))
orientations = st.builds(
    OrientationOutline, lines, summary=texts, weight=st.integers(1, 100), objectives=st.lists(objectives, max_size=2)
)
plans_to_be = st.lists(orientations, max_size=3).map(
    lambda parts: numbered(Outline(FRAME.title, FRAME.starts_on, FRAME.ends_on, "", parts))
)


def numbered(outline: Outline) -> Outline:
    """Give each part a code and a number, as publishing does."""
    outline.number()
    inner = [part for action in outline.actions() for part in (*action.milestones, *action.indicators)]
    for number, part in enumerate([*outline.parts(), *inner], 1):
        part.id = number
    return outline


def files(outline: Outline, standings: dict[int, ActionProgress], lang: str) -> dict[str, bytes]:
    return {
        "plan.csv": "".join(writing.csv_lines(outline, standings, lang)).encode(),
        "plan.xlsx": writing.build_xlsx(outline, standings, lang),
    }


def standings_of(outline: Outline) -> dict[int, ActionProgress]:
    """Say of each action that it is underway, with its first milestone reached."""
    reached = Milestone(reached_on=clock.today(), proof="Un fait", proof_url="https://exemple.test")
    firsts = {action.id: action.milestones[:1] for action in outline.actions()}
    return {
        number: ActionProgress(
            "underway", 30, reached={one.id: reached for one in first}, proven={one.id for one in first}
        )
        for number, first in firsts.items()
    }


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(outline=plans_to_be.filter(lambda plan: any(plan.actions())), lang=st.sampled_from(["fr", "en"]))
def test_a_plan_that_was_exported_comes_back_as_it_was(app: Flask, outline: Outline, lang: str) -> None:
    standings = standings_of(outline)
    for name, data in files(outline, standings, lang).items():
        file = reading.parse_plan_file(data, name, FRAME)
        assert not file.refusals and not file.unread
        pairs, completions = file.actions(), file.get_completions()
        match(file, outlines.load_outline(outline.dump()))
        assert file.outline == outline
        assert not differences.list_differences(outline, file.outline)
        assert not progress.list_news(pairs, completions, standings)


def test_no_cell_of_an_export_is_a_formula_and_a_hidden_action_is_not_there(app: Flask) -> None:
    names = ["=1+1", "+33", "-5", "@SUM(A1)", "\tx", "＝1", "'=1", "#N/A"]
    outline = numbered(
        Outline(
            "P",
            "2026-01-01",
            "2027-01-01",
            orientations=[
                OrientationOutline(
                    "O",
                    objectives=[
                        ObjectiveOutline(
                            "O",
                            actions=[
                                ActionOutline(name, body="\rcmd", milestones=[MilestoneOutline("=1+1")])
                                for name in [*names, "Cachée"]
                            ],
                        )
                    ],
                )
            ],
        )
    )
    standings = standings_of(outline)
    standings[next(action.id for action in outline.actions() if action.title == "Cachée")].is_public = False
    written = files(outline, standings, "fr")
    text = written["plan.csv"].decode()
    typed = [
        cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";") for cell in row
    ]
    assert (
        text.startswith("\ufeff")
        and not any(cell[:1] in {*"=+-@\t\r＝"} for cell in typed if cell)
        and "Cachée" not in text
    )
    page = load_workbook(io.BytesIO(written["plan.xlsx"])).active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"} and set(names) <= {cell.value for cell in cells}
    assert {cell.hyperlink.target for cell in cells if cell.hyperlink} == {"https://exemple.test"}
    assert "Cachée" not in {cell.value for cell in cells}


@pytest.mark.parametrize("cell", ["=1", "'=1", "''-", "'a", "a=1", "'", ""])
def test_an_apostrophe_is_put_before_what_would_run_and_taken_off_once(cell: str) -> None:
    [row] = csv_table.parse_table("".join(sheets.csv_lines([["x", cell, "x"]])).encode()).rows
    assert row[1] == cell


def test_the_plan_of_the_site_goes_out_and_comes_back_with_its_progress(app: Flask, plans: MakePlan) -> None:
    plan = plans.plan(action_of("Une tournée", 2), action_of("Une cuisine"))
    first, second = db.session.query(Action).order_by(Action.position)
    plans.say(
        first, completions=[Completion(action_queries.list_milestones(first.id)[0].id, clock.today(), "27 ménages")]
    )
    plans.say(second, progress=30, state="underway")
    outline, standings = plan_queries.get_published_outline(plan), plan_progress.get_progress_by_action(plan)
    for name, data in files(outline, standings, "fr").items():
        assert not plan_imports.build_preview(
            reading.parse_plan_file(data, name, plan_imports.build_blank_outline(plan)), plan
        ).changes
