"""The figures of the search, as lines that a person reads: the half to tune with in full, the other in one line."""

from collections.abc import Mapping, Sequence

from bench.search import scores
from bench.search.engines import OURS
from bench.search.library import Row
from bench.search.questions import Question
from bench.search.scores import Answers

WIDTH, COLUMN = 29, 14
WORST = 10
COLUMNS = ("nDCG@10", "useful", "found", "first useless", "silent", "noise", "unjudged")


def whole(questions: Sequence[Question], answers: Mapping[str, Answers]) -> None:
    """Print a half in full: a line for each engine."""
    none = sum(not question.has_answer for question in questions)
    print(f"{len(questions) - none} questions with an answer, {none} without")
    _line("", *COLUMNS)
    for engine, found in answers.items():
        one = scores.total(questions, found)
        counts = (one.useless_first, one.silent, one.noise, one.unjudged)
        _line(engine, f"{one.ndcg:.3f}", f"{one.useful:.0%}", f"{one.found:.0%}", *map(str, counts))
    _same_order(answers)


def _same_order(answers: Mapping[str, Answers]) -> None:
    """Say whether our search gives the same on each engine, where there are two."""
    found = [answer for engine, answer in answers.items() if engine.startswith(OURS)]
    if len(found) > 1:
        others = sum(first != found[1][number] for number, first in found[0].items())
        print("the order is the same on both engines" if not others else f"the order differs for {others} questions")


def kept(questions: Sequence[Question], answers: Mapping[str, Answers]) -> None:
    """Print the totals of the half that is kept aside, and nothing else of it."""
    totals = {engine: scores.total(questions, found) for engine, found in answers.items()}
    parts = (
        f"{engine} {one.ndcg:.3f} {one.useful:.0%}" + (f" ({one.unjudged} unjudged)" if one.unjudged else "")
        for engine, one in totals.items()
    )
    print(f"kept half, {len(questions)} questions, nDCG@10 and useful: {'; '.join(parts)}")


def worst(questions: Sequence[Question], answers: Mapping[str, Answers]) -> None:
    """Print the questions that our search answers worst: the grades of its first ten, and those of the best other."""
    ours, *_rest = answers.values()
    others = {engine: found for engine, found in answers.items() if not engine.startswith(OURS)}
    wanted = [question for question in questions if question.has_answer]
    print()
    for one in sorted(wanted, key=lambda question: scores.ndcg(question, ours[question.number]))[:WORST]:
        best = max(others, key=lambda engine: scores.ndcg(one, others[engine][one.number]))
        mine, theirs = _show(one, ours), _show(one, others[best])
        print(f"{one.number:>3} {one.text:<42}{mine:<18}{best:<30}{theirs}")


def _show(question: Question, answers: Answers) -> str:
    ids = answers[question.number]
    return f"{scores.ndcg(question, ids):.2f} {scores.show(question, ids)}"


def unjudged(questions: Sequence[Question], answers: Mapping[str, Answers], rows: Mapping[str, Row]) -> None:
    """Print what was found and not judged: not who found it, nor where it stood, so that it is judged blind."""
    for one in questions:
        found = {text for answer in answers.values() for text in scores.list_unjudged(one, answer[one.number])}
        for source_id in sorted(found):
            row = rows[source_id]
            print(f"{one.number}\t{source_id}\t{one.text} ({one.hope})\t{row.shown[:80]}\t{row.body[:300]}")


def _line(name: str, *cells: str) -> None:
    print(f"{name:{WIDTH}}" + "".join(f"{cell:>{COLUMN}}" for cell in cells))
