"""The judged questions of the search and their grades agree, and an order is measured by them."""

import pytest

from bench.search import questions, scores
from bench.search.questions import HALVES, Question


def test_each_question_is_short_stands_once_and_is_of_a_half() -> None:
    asked = [question for half in HALVES for question in questions.read(half)]
    rows = questions.read_table("questions.tsv")
    assert len(rows) == len(asked) == len({one.text for one in asked}) == len({one.number for one in asked}) >= 64
    assert {len(questions.read(half)) for half in HALVES} == {len(rows) // 2}
    assert [one.text for one in asked if len(one.text.split()) > 7 or not (one.who and one.hope)] == []


def test_each_grade_is_of_a_question_and_given_once() -> None:
    rows = questions.read_table("grades.tsv")
    numbers = {row["number"] for row in questions.read_table("questions.tsv")}
    assert {row["grade"] for row in rows} == {"0", "1", "2"}
    assert {row["number"] for row in rows} == numbers
    assert len({(row["number"], row["source_id"]) for row in rows}) == len(rows)


def test_an_order_is_worth_what_its_grades_are_and_where_they_stand() -> None:
    asked = Question(1, "open", "frigo", "a cook", "fridges", {"a": 2, "b": 1, "c": 0})
    assert scores.ndcg(asked, ["a", "b", "c"]) == 1
    assert scores.ndcg(asked, ["c", "b", "a"]) < scores.ndcg(asked, ["b", "a"]) < 1
    assert scores.ndcg(asked, ["unjudged"]) == scores.ndcg(asked, []) == 0
    assert scores.show(asked, ["unjudged", "a"]) == ".2" and scores.show(asked, []) == "nothing"


def test_totals_leave_questions_without_an_answer_out_and_count_what_is_shown_for_them() -> None:
    asked = Question(1, "open", "frigo", "a cook", "fridges", {"a": 2, "b": 1, "c": 0})
    nothing = Question(2, "open", "patinoire", "a family", "a rink", {"c": 0})
    found = scores.total([asked, nothing], {1: ["c", "a", "new"], 2: ["c"]})
    assert (found.useful, found.found) == (pytest.approx(1 / 3), 0.5)
    assert (found.useless_first, found.silent, found.noise, found.unjudged) == (1, 0, 1, 1)
