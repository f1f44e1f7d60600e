"""The plan of an organisation, as its volunteers wrote it, comes in cell by cell, with at most three answers."""

import pytest

from tests.exchange.volunteers import csv_files, of_libreoffice, outlines, workbooks
from tests.exchange.volunteers.expected import VolunteerFile, describe, narrow, read

FILES = [*csv_files.FILES, *workbooks.FILES, *outlines.FILES, *of_libreoffice.FILES]

pytestmark = [pytest.mark.one_engine, pytest.mark.usefixtures("app")]


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name.partition(".")[0])
def test_what_a_volunteer_wrote_comes_in(one: VolunteerFile) -> None:
    file = read(one)
    found = describe(file)
    assert narrow(found, one.actions) == one.actions and list(found) == list(one.actions)
    assert {(refusal.row, refusal.column) for refusal in file.refusals} == one.refusals
    assert one.guesses <= {guess.value for guess in file.guesses}, "a guess is never silent"
    assert one.answers_count <= 3
