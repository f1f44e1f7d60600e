"""The levels of a plan that stand in one column are told apart, and a list that has none is left as it is."""

import pytest

from app.exchange.plan_file.outlines import unfold
from app.exchange.plan_file.tables import Table

pytestmark = [pytest.mark.one_engine, pytest.mark.usefixtures("app")]


def unfolded(*titles: str) -> str:
    """Return the level of each title: o, b and a for an orientation, an objective and an action, - where none moves."""
    table = Table([["Action", "Responsable"], *([title, ""] for title in titles)])
    rows = unfold(table, {}).rows[1:]
    return "".join(
        "oba"[[2, 3, 0].index(next(n for n, cell in enumerate(row) if cell))] if len(row) > 2 else "-" for row in rows
    )


@pytest.mark.parametrize(
    ("titles", "levels"),
    [
        (["1. Rouler", "1.1 Relier", "1.1.1 Une navette", "1.2 Marcher", "1.2.1 Un pédibus"], "obaba"),
        (["1. Rouler", "1.1 Une navette", "1.2 Un pédibus", "2. Lire", "2.1 Un conte"], "oaaoa"),
        (["Orientation 1 : Rouler", "1.1 Relier", "1.1.1 Une navette"], "oba"),
        (["1. Rouler", "1.1 Relier", "Une navette", "1.2 Marcher", "Un pédibus"], "obaba"),
        (["AXE I – ROULER", "Une navette", "3 repas par semaine", "AXE II – LIRE", "Un conte"], "oaaoa"),
        (["Rouler", "  Relier", "    Une navette", "    Un banc"], "obaa"),
        (["Rouler", "- Une navette", "- Un banc"], "oaa"),
        (["1. Une navette", "2. Un banc", "Total"], "---"),
        (["Une navette", "Un banc"], "--"),
        (["1.1.1 Une navette", "1. Rouler", "1.1 Relier"], "---"),
    ],
)
def test_the_levels_of_one_column_are_told_apart(titles: list[str], levels: str) -> None:
    assert unfolded(*titles) == levels


def test_a_table_that_has_a_column_for_each_level_is_left_as_it_is() -> None:
    table = Table([["Orientation", "Action"], ["1. Rouler", "1.1 Une navette"], ["", "1.1.1 Un banc"]])
    assert unfold(table, {}) is table
