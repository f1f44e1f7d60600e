"""Count the words of what a stranger finds: how rare a word is decides what comes first."""

from collections.abc import Callable

from app.core import clock
from app.core.actor import ANYONE
from app.results import sql_policy
from app.search.index import counts

YOUNG = 1_000
"""A site of fewer texts may double in a day, and is counted in a moment."""


def count_words(progress: Callable[[int], object] = lambda _number: None) -> None:
    """Count the words of all that a stranger may read; `progress` is told how many texts were read."""
    narrow = sql_policy.narrow_to(ANYONE)
    counts.count_words(narrow.narrow, narrow.values, progress)


def count_words_daily() -> None:
    """Count the words once a day, the first time that the worker looks after midnight; of a young site, each time."""
    if counts.get_edition().texts < YOUNG or counts.find_day() != clock.today():
        count_words()


def count_words_first(progress: Callable[[int], object] = lambda _number: None) -> None:
    """Count the words of a site where they never were."""
    if counts.find_day() is None:
        count_words(progress)
