"""How good an answer is: its first ten results against the grades."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

from bench.search.questions import Question

PLACES = 10
UNJUDGED = "."
Answers = Mapping[int, Sequence[str]]
"""The source ids that one engine found, the best first, by the number of the question."""


@dataclass(frozen=True)
class Totals:
    """Of the questions that have an answer: means and counts. `noise` is of those that nothing answers.

    `useful` is the part of what is shown that is of use, `found` the part of what is of use, and could be shown, that
    is. `useless_first` is how many questions begin with what is of no use, or with nothing (`silent`); `unjudged`
    results count as of no use. `noise` is how many results are shown for nothing.
    """

    ndcg: float
    useful: float
    found: float
    useless_first: int
    silent: int
    unjudged: int
    noise: int


def total(questions: Iterable[Question], answers: Answers) -> Totals:
    """Return how good the answers of an engine are."""
    given = [(question, list(answers[question.number][:PLACES])) for question in questions]
    wanted = [(question, ids) for question, ids in given if question.has_answer]
    grades = [grade(question, ids) for question, ids in wanted]
    useful = sum(_count_useful(row) for row in grades)
    return Totals(
        ndcg=fmean(ndcg(question, ids) for question, ids in wanted),
        useful=useful / max(sum(map(len, grades)), 1),
        found=useful / sum(min(_count_useful(question.grades.values()), PLACES) for question, _ids in wanted),
        useless_first=sum(not (row and row[0]) for row in grades),
        silent=sum(not row for row in grades),
        unjudged=sum(len(list_unjudged(question, ids)) for question, ids in given),
        noise=sum(len(ids) for question, ids in given if not question.has_answer),
    )


def grade(question: Question, ids: Sequence[str]) -> list[int]:
    return [question.grades.get(one, 0) for one in ids]


def _count_useful(grades: Iterable[int]) -> int:
    return sum(one > 0 for one in grades)


def list_unjudged(question: Question, ids: Sequence[str]) -> list[str]:
    return [one for one in ids[:PLACES] if one not in question.grades]


def show(question: Question, ids: Sequence[str]) -> str:
    """Return the grades of the first ten in a row of signs."""
    return "".join(str(question.grades.get(one, UNJUDGED)) for one in ids[:PLACES]) or "nothing"


def ndcg(question: Question, ids: Sequence[str]) -> float:
    """Return the discounted gain of the first ten, of the best that could be: 1 where no order is better."""
    best = _gain(sorted(question.grades.values(), reverse=True)[:PLACES])
    return _gain(grade(question, ids[:PLACES])) / best if best else 0


def _gain(grades: Iterable[int]) -> float:
    """An answer is worth 3 and what is of some use 1, the less the further down it stands."""
    return sum((2**one - 1) / log2(place + 1) for place, one in enumerate(grades, 1))
