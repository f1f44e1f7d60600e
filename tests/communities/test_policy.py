"""Who decides on what another wrote: the team of the place, those who have all, else a team of elsewhere."""

from dataclasses import dataclass, replace

import pytest

from app.communities.policy import account_is_another, has_colleagues
from app.core.actor import ANYONE

HERE, ELSEWHERE, ME, AUTHOR, OTHER = 1, 2, 10, 11, 12


@dataclass(frozen=True)
class Account:
    user_id: int


@dataclass(frozen=True)
class Where:
    community_id: int
    is_private: bool


@pytest.mark.parametrize(
    ("charge", "is_private", "is_there"),
    [
        ((HERE, OTHER), False, True),
        ((HERE, OTHER), True, True),
        ((None, OTHER), True, True),
        ((ELSEWHERE, OTHER), False, True),
        ((ELSEWHERE, OTHER), True, False),
        ((HERE, ME), False, False),
        ((HERE, AUTHOR), False, False),
    ],
)
def test_a_colleague_is_somebody_else_who_may_decide_there(
    charge: tuple[int | None, int], is_private: bool, is_there: bool
) -> None:
    me = replace(ANYONE, id=ME, charges=frozenset({charge}))
    assert has_colleagues(me, Where(HERE, is_private), AUTHOR) is is_there


def test_nobody_decides_on_their_own_account_nor_on_that_of_somebody_they_reported() -> None:
    me = replace(ANYONE, id=ME, reported_subjects=frozenset({("user", AUTHOR), ("idea", OTHER)}))
    assert [account_is_another(me, Account(number)) for number in (ME, AUTHOR, OTHER)] == [False, False, True]
