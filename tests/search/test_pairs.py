"""A word finds its other forms, and not the words beside it, asked of the index of each engine."""

from collections.abc import Sequence

from app.core import clock
from app.core.unit import unit
from app.search.index import writing
from app.search.index.texts import Text
from app.search.query import parser, retrieval
from app.search.query.retrieval import Narrow
from tests.search.pairs import APART, MEET, pairs


def found_by(typed: str) -> set[int]:
    """Return what has all the words that were typed, in any of their forms."""
    page = retrieval.get_hit_page(
        parser.parse_query(typed), Narrow(lambda rows: rows), kinds=("idea",), by_date=True, size=1000
    )
    return {one.thing_id for one in page.items if not one.is_almost} if page.way == "whole" else set()


def write(texts: Sequence[str]) -> None:
    with unit():
        writing.store_texts(
            "idea",
            range(1, len(texts) + 1),
            [Text("idea", n, clock.now(), "", text) for n, text in enumerate(texts, 1)],
        )


def test_forms_of_a_word_meet_and_its_neighbours_do_not(app: object) -> None:
    together, apart = pairs(MEET), pairs(APART)
    assert len(together) + len(apart) >= 200
    texts = sorted({text for _typed, text in together + apart})
    write([f"On en parle : {text}, depuis longtemps." for text in texts])
    number = {text: n for n, text in enumerate(texts, 1)}
    found = {typed: found_by(typed) for typed, _text in together + apart}
    missed = [pair for pair in together if number[pair[1]] not in found[pair[0]]]
    joined = [pair for pair in apart if number[pair[1]] in found[pair[0]]]
    assert (missed, joined) == ([], []), (missed, joined)
