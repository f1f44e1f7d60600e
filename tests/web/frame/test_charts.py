"""Columns and bars: lengths in proportion, words that stay within the chart and never meet, a finding in words."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.core.geometry.labels import measure_text
from app.web.frame.charts import (
    BODY,
    HEAD,
    NARROWEST,
    WIDE,
    Bar,
    Chart,
    Column,
    Level,
    Series,
    Words,
    draw_bars,
    draw_columns,
)

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")


def columns_of(*amounts: float, label: str = "") -> list[Column]:
    return [
        Column(label or MONTHS[n % 12], f"{amount:g}", [(amount, "solid")] if amount else [])
        for n, amount in enumerate(amounts)
    ]


def draw(*amounts: float, **options: Any) -> Chart:
    return draw_columns("months", "Par mois", "De 1 à 9.", columns_of(*amounts), **options)


def extent(words: Words, width: float) -> tuple[float, float]:
    """Return where words begin and end, in letters, in a chart that is so many letters wide."""
    length, x = measure_text(words.text + words.value, 1), words.x * width / 100
    start = {"start": x, "middle": x - length / 2, "end": x - length}[words.anchor]
    return start, start + length


def check_room(words: Sequence[Words], width: float) -> None:
    by_line: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for one in words:
        by_line[one.y].append(extent(one, width))
    for line in by_line.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(line)))
        assert min(line)[0] >= -1 and max(end for _start, end in line) <= width + 1


def test_the_height_of_a_column_is_in_proportion_and_zero_has_none() -> None:
    chart = draw(1, 0, 4, 2)
    assert [part.height for part in chart.parts] == [BODY / 4, BODY, BODY / 2]
    assert {round(part.y + part.height, 2) for part in chart.parts} == {HEAD + BODY}
    assert len({part.width for part in chart.parts}) == 1
    assert [one.value for one in chart.words if one.value] == ["1", "0", "4", "2"]


def test_parts_of_a_column_stand_on_one_another() -> None:
    column = Column("mai", "9", [(6, "solid"), (3, "hatched")])
    below, above = draw_columns("months", "Par mois", "Neuf.", [column]).parts
    assert (below.look, above.look) == ("solid", "hatched") and below.height == pytest.approx(
        2 * above.height, abs=0.02
    )
    assert above.y + above.height == pytest.approx(below.y, abs=0.02) and above.y == HEAD


def test_what_is_under_zero_goes_down_from_it() -> None:
    chart = draw(-2, 2)
    (axis,) = [line for line in chart.lines if line.look == "axis"]
    below, above = chart.parts
    assert below.y == axis.y1 == above.y + above.height and below.height == above.height == BODY / 2


def test_levels_are_within_the_chart_and_say_what_they_are() -> None:
    chart = draw(1, 2, levels=[Level(1, "start"), Level(8, "target", "Cible : 8")])
    start, target = chart.lines[1:]
    assert target.y1 == HEAD and start.y1 == pytest.approx(HEAD + BODY * 7 / 8, abs=0.01)
    assert [one.value for one in chart.words if one.y < target.y1] == ["Cible : 8"]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 12, 13, 31, 60])
@pytest.mark.parametrize("label", ["", "18 janv. 2027"])
@pytest.mark.parametrize("amount", [3, 148, 12_345])
def test_no_word_meets_another_and_the_last_one_is_always_there(count: int, label: str, amount: int) -> None:
    columns = columns_of(*[amount] * count, label=label)
    words = draw_columns("months", "Par mois", "Égal.", columns).words
    check_room(words, WIDE)
    narrow = [one for one in words if not one.is_spare]
    check_room(narrow, NARROWEST)
    assert narrow and {one.x > 100 - 100 / count for one in (max(narrow, key=lambda one: one.x),)} == {True}
    assert {one.value for one in narrow if one.value} == {f"{amount:g}"}


def test_twelve_months_all_have_their_number_on_a_phone() -> None:
    words = draw(*range(90, 102)).words
    assert [one.is_spare for one in words if one.value] == [False] * 12
    assert sum(not one.is_spare for one in words if one.text) == 6


def test_nothing_at_all_is_an_empty_chart() -> None:
    assert not draw().parts and not draw(0, 0).parts
    assert draw_bars("voices", "Voix", "Aucune.", []).height == 0


def test_a_bar_goes_from_an_amount_to_another_under_its_name() -> None:
    bars = [
        Bar("Alimentaire", "6 j", [(3, 12, "solid")], middle=6),
        Bar("Logement", "19 j", [(9, 60, "solid")], middle=19),
    ]
    chart = draw_bars(
        "delays", "Jours", "De 6 à 19 jours.", bars, ticks=[(0, "0"), (30, "30"), (60, "60 jours")], target=30
    )
    assert [(part.x, part.width) for part in chart.parts] == [(5, 15), (15, 85)]
    assert [line.x1 for line in chart.lines if line.look == "middle"] == [10, 31.67]
    assert {line.x1 for line in chart.lines if line.look == "target"} == {50}
    assert all(name.y < part.y for name, part in zip(chart.words, chart.parts, strict=False))
    assert [(one.text, one.anchor) for one in chart.words[2:]] == [
        ("0", "start"),
        ("30", "middle"),
        ("60 jours", "end"),
    ]
    check_room(chart.words[2:], NARROWEST)
    assert max(one.y for one in chart.words) < chart.height


def test_strips_of_a_bar_stand_under_one_another() -> None:
    bars = [Bar("Roussillon", "−14 points", [(0, 39, "open"), (0, 25, "solid")])]
    people, voices = draw_bars("missing", "Parts", "Moins de voix.", bars, most=100).parts
    assert (people.width, voices.width) == (39, 25) and voices.y > people.y + people.height


def test_the_drawing_says_what_is_seen_and_a_pattern_goes_with_a_colour(app: Flask) -> None:
    series = [Series("solid", "besoins"), Series("hatched", "<idées>")]
    column = Column("<mai>", "9", [(6, "solid"), (3, "hatched")])
    with app.test_request_context("/"):
        macros: Any = app.jinja_env.get_template("components/chart.html").make_module()
        html = macros.chart(draw_columns("months", "Par mois", "Neuf <en> mai.", [column], series=series))
        plain = macros.chart(draw(1, 2))
    soup: Any = BeautifulSoup(html, "html.parser")
    assert [soup.find(id=name).get_text() for name in soup.svg["aria-labelledby"].split()] == [
        "Par mois",
        "Neuf <en> mai.",
    ]
    assert soup.svg["role"] == "img" and "viewbox" not in soup.svg.attrs and soup.svg["height"].endswith("em")
    hatched = soup.select("rect.is-hatched")
    assert len(hatched) == 2 and {rect["fill"] for rect in hatched} == {"url(#months-hatch)"}
    assert soup.find(id="months-hatch") and [item.get_text(strip=True) for item in soup.select(".legend li")] == [
        "besoins",
        "<idées>",
    ]
    assert "pattern" not in plain and "legend" not in plain
