"""What a forum stands for holds, however many press at the same moment: no cell has two topics, each press counts once."""

from pathlib import Path

import pytest

from tests.support import racing
from tests.support.house import House


@pytest.mark.parametrize(("rounds", "size"), [(6, 24), pytest.param(1_000, 32, marks=pytest.mark.soak)])
def test_no_cell_has_two_topics_and_none_is_lost(house: House, tmp_path: Path, rounds: int, size: int) -> None:
    racing.start("tests.forum.racing", house, tmp_path, rounds, size)


@pytest.mark.parametrize(("rounds", "size"), [(6, 48), pytest.param(1_000, 48, marks=pytest.mark.soak)])
def test_presses_are_counted_and_none_comes_after_the_end(house: House, tmp_path: Path, rounds: int, size: int) -> None:
    racing.start("tests.forum.pressing", house, tmp_path, rounds, size)


@pytest.mark.parametrize(("rounds", "size"), [(6, 24), pytest.param(1_000, 32, marks=pytest.mark.soak)])
def test_nothing_is_left_of_a_rehearsal_whose_forum_is_taken_back(
    house: House, tmp_path: Path, rounds: int, size: int
) -> None:
    racing.start("tests.forum.removing", house, tmp_path, rounds, size)
