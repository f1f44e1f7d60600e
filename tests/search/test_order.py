"""What comes first: rare words, titles, words side by side, short texts, words as they were typed; then the newest."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from app.core.unit import unit
from app.search.index import counts, writing
from app.search.index.texts import Text
from app.search.query import parser, retrieval
from app.search.query.retrieval import Hit, Narrow
from tests.support.queries import record_statements

NOW = datetime(2026, 5, 15, 12, tzinfo=UTC)
ALL = Narrow(lambda rows: rows)
FILLER = "on en parle depuis longtemps sans que rien ne bouge vraiment"


def write(*texts: tuple[str, str], lang: str = "fr", start: int = 1) -> None:
    """Write ideas, each a title and a text, the first one first, and count their words."""
    rows = [
        Text("idea", n, NOW + timedelta(minutes=n), title, body, lang=lang)
        for n, (title, body) in enumerate(texts, start)
    ]
    with unit():
        writing.store_texts("idea", [row.thing_id for row in rows], rows)
    count_words()


def count_words() -> None:
    counts.count_words(lambda rows: rows, {})


def read(typed: str, size: int = 20) -> Iterator[Hit]:
    """Read a search to its end, page by page."""
    after: str | None = ""
    while after is not None:
        page = find(typed, after=after, size=size)
        yield from page.items
        after = page.next


def find(typed: str, **options: Any) -> retrieval.HitPage:
    return retrieval.get_hit_page(parser.parse_query(typed), ALL, kinds=("idea",), **options)


def ids(typed: str) -> list[int]:
    return [hit.thing_id for hit in find(typed).items if not hit.is_almost]


def almost(typed: str) -> list[int]:
    return [hit.thing_id for hit in find(typed).items if hit.is_almost]


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("sentier", ("Un sentier", FILLER), ("Un rang", f"{FILLER} sentier")),
        ("sentier", ("", f"Le sentier du haut. {FILLER * 4}"), ("", f"{FILLER} {FILLER} {FILLER} {FILLER} le sentier")),
        ("sentier", ("", f"Le sentier. {FILLER}"), ("", f"Le sentier. {' '.join([FILLER] * 30)}")),
        ("sentier", ("", f"Un sentier. {FILLER}"), ("", f"Des sentiers. {FILLER}")),
        ("sentier", ("", f"Un sentier, ce sentier. {FILLER}"), ("", f"Un sentier, ce rang. {FILLER}")),
        ("sentier glacé", ("", f"Un sentier glacé. {FILLER}"), ("", f"Un sentier. {FILLER} Un rang glacé.")),
        ("sentier glacé", ("", f"Un sentier glacé. {FILLER}"), ("", f"Un glacé sentier. {FILLER}")),
        ("banc de parc", ("", f"{FILLER} {FILLER} {FILLER} un banc de parc"), ("", f"Un parc, un banc. {FILLER}")),
    ],
)
def test_of_two_texts_that_have_the_words_the_better_answer_comes_first(
    app: object, typed: str, better: tuple[str, str], worse: tuple[str, str]
) -> None:
    write(better, worse)
    assert ids(typed) == [1, 2], "though the other one is newer"


def test_of_two_that_are_as_good_the_newest_comes_first(app: object) -> None:
    write(("Un sentier", "court"), ("Un sentier", "court"), ("Le sentier", "long"))
    assert ids("sentier") == [3, 2, 1]


def test_a_rare_word_counts_more_than_a_common_one(app: object) -> None:
    common = [("", f"Le village numéro {n}") for n in range(30)]
    far = " ".join([FILLER] * 3)
    write(
        ("", f"La roulotte, sa roulotte. {far} le village"),
        ("", f"Le village, son village. {far} la roulotte"),
        *common,
    )
    assert ids("village roulotte") == [1, 2] == ids("roulotte village")


def test_what_is_left_out_is_the_least_telling_word_wherever_it_was_typed(app: object) -> None:
    common = [("", f"Le village numéro {n}") for n in range(15)]
    write(("", "Une roulotte bleue"), ("", "Une roulotte rouge au loin"), *common)
    for typed in ("roulotte village", "village roulotte"):
        page = find(typed)
        assert sorted(hit.thing_id for hit in page.items) == [1, 2] and all(hit.is_almost for hit in page.items), typed
        assert [page.search.missing_from(hit.line) for hit in page.items] == [["village"]] * 2, "and it is said"
    assert almost("village bleue") == [1], "nothing without the rare word"


def test_of_words_that_are_nearly_as_rare_any_is_telling(app: object) -> None:
    common = [("", f"Le village numéro {n}") for n in range(60)]
    write(("", "Un sentier"), ("", "Le sentier monte"), ("", "Le sentier baisse"), ("", "Du verglas"), *common)
    assert set(almost("sentier verglas")) == {1, 2, 3, 4}, "three texts have one word, one the other"
    assert set(almost("village verglas")) == {4}
    assert set(almost('village "du verglas"')) == {4}


def test_a_word_that_no_text_has_is_left_out_and_said_where_nothing_else_is_found(app: object) -> None:
    write(("", "Une roulotte bleue"), ("", "Une roulotte rouge"), ("", "Le village"))
    page = find("roulotte introuvable")
    assert (page.way, [hit.thing_id for hit in page.items]) == ("lacking", [2, 1])
    assert page.search.missing_from(page.items[0].line) == ["introuvable"]
    assert retrieval.count_hits(page.search, ALL).total == 0, "nothing has all that was typed"
    assert find("introuvable inconnue").items == ()


def test_what_comes_close_stands_under_few_whole_finds_and_under_no_others(app: object) -> None:
    whole = [("", f"Un banc au parc {n}") for n in range(9)]
    write(*whole, ("", "Un parc"), ("", "Un autre banc"), ("", "Un autre banc gris"))
    hits = find("parc banc").items
    assert [hit.is_almost for hit in hits] == [False] * 9 + [True] * 3, "ten have the word parc, eleven the word banc"
    assert hits[9].thing_id == 10, "the rarer one first"
    write(("", "Un banc au parc encore"), start=40)
    assert almost("parc banc") == []


def test_a_synonym_comes_close_and_a_form_that_english_alone_has_counts_less(app: object) -> None:
    write(("Une épicerie", ""), ("Du vélo", ""), ("Une bicyclette", ""))
    assert (ids("vélos"), almost("vélos")) == ([2], [3])
    write(("", f"Associated members. {FILLER}"), lang="en", start=10)
    write(("", f"Nos associations. {FILLER * 3}"), start=11)
    assert ids("associations") == [11, 10]


def test_the_old_and_the_young_are_not_near_each_other(app: object) -> None:
    write(
        ("Une soirée intergénérationnelle", ""),
        ("Une soirée pour les jeunes", ""),
        ("Une soirée pour les retraités", ""),
    )
    assert almost("soirée des aînés") == [3]


def test_what_is_older_than_what_is_scored_follows_by_its_date_to_the_end(
    app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval, "CANDIDATES", 10)
    texts = [("Le sentier" if n % 9 == 0 else "", f"Un sentier {'long ' * (n % 5)}") for n in range(60)]
    write(*texts)
    for size in (4, 7, 20):
        found = [hit.thing_id for hit in read("sentier", size)]
        assert sorted(found) == list(range(1, 61)), size
        assert found[-30:] == sorted(found[-30:], reverse=True), size
        assert {n + 1 for n in range(0, 60, 9)} <= set(found[:20]), "a title is scored, however old it is"


def test_what_comes_while_one_reads_moves_nothing_on_the_next_pages(app: object) -> None:
    write(*[("", f"Un sentier {'long ' * (n % 7)}") for n in range(30)])
    first = find("sentier", size=5)
    before = [hit.id for hit in find("sentier", size=50, after=str(first.next)).items]
    with unit():
        for n in (71, 72, 73):
            writing.store_texts(
                "idea", [n], [Text("idea", n, NOW + timedelta(days=n), "", f"Un sentier {'long ' * n}")]
            )
    assert [hit.id for hit in find("sentier", size=50, after=str(first.next)).items] == before


def test_the_next_pages_are_in_the_order_of_the_counts_that_the_first_one_had(app: object) -> None:
    texts = [("", f"Un sentier, {'un sentier, ' * (n % 4)} le parc {'et le parc ' * (n % 3)} {n}") for n in range(24)]
    write(*texts)
    whole = [hit.id for hit in read("sentier parc", 5)]
    first = find("sentier parc", size=5)
    write(*[("", f"Le parc {n}") for n in range(40)], start=100)
    assert [hit.id for hit in find("sentier parc").items] != whole[:20], "another edition, another order"
    found, after = [hit.id for hit in first.items], first.next
    while after:
        page = find("sentier parc", size=5, after=after)
        found, after = [*found, *(hit.id for hit in page.items)], page.next
    assert found == whole
    for _again in range(2):
        count_words()
    assert len(find("sentier parc", after=str(first.next)).items) > 9, "an edition that is gone: by the present one"


def test_a_long_line_a_compound_and_a_phrase_are_scored(app: object) -> None:
    write(("Le covoiturage", ""), ("", "Du co-voiturage"), ("", "mot " * 3_000 + "covoiturage"), ("", "plan d’action"))
    assert ids("covoiturage") == [1, 2, 3] == ids("co-voiturage")
    assert ids('"plan d’action"') == [4]


numbers = count(500)


def test_no_command_counts_words_and_what_is_not_counted_is_rare(app: object) -> None:
    write(*[("", f"Un banc {n}") for n in range(12)])
    with record_statements() as statements, unit():
        number = next(numbers)
        text = Text("idea", number, NOW, "", "Un banc inédit")
        writing.store_texts("idea", [number], [text], new_ids=[number])
    assert not [one for one in statements if "search_word_counts" in one or "search_count_editions" in one]
    search = find("banc inédit").search
    assert search.telling == (search.query.terms[1],)
