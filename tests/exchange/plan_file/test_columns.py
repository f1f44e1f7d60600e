"""The page on the form of the file names each column as the code does."""

from app import HOUSE
from app.exchange.plan_file.columns import COLUMNS, REQUIRED, match_columns

ROWS = [
    line.split("|") for line in (HOUSE / "docs" / "plan-file.md").read_text().splitlines() if line.startswith("| ")
][1:]


def test_the_table_of_the_page_is_that_of_the_code() -> None:
    assert [(row[1].strip(), row[2].strip(), row[5].strip()) for row in ROWS] == [
        (column.fr, column.en, "yes" if column.key in REQUIRED else "") for column in COLUMNS
    ]


def test_no_two_columns_share_a_name() -> None:
    names = [(name, column) for column in COLUMNS for name in (column.fr, column.en, *column.others)]
    assert [(name, column.key) for name, column in names if match_columns([name.upper()])[0] is not column] == []
