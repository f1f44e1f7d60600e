"""A list that is narrowed by words takes Saint and St, Sainte and Ste for one another, and for nothing else."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import list_words
from app.core.db import db
from app.core.text.plain import fold, search_words, sort_key
from app.ideas.models import Idea
from app.ideas.queries.reading import is_named
from app.reference import queries
from app.reference.models import Organisation
from tests.support.make import Make

NAMES = [
    "Maison St-Paul",
    "Maison Saint-Paul",
    "Entraide Ste-Marthe",
    "Entraide Sainte-Marthe",
    "Piste de l’Ouest paulin",
]
FOUND = {
    "st-paul": {0, 1},
    "Saint Paul": {0, 1},
    "st. paul": {0, 1},
    "sainte marthe": {2, 3},
    "ste-marthe": {2, 3},
    "piste": {4},
    "st paulin": set[int](),
}


def test_saints_are_found_both_ways_in_lists(app: Flask, make: Make) -> None:
    for name in NAMES:
        make.add(Organisation(name=name, sort_key=sort_key(name)))
    for typed, wanted in FOUND.items():
        found = {row.name for row in queries.list_by_name(Organisation, q=typed).items}
        assert found == {NAMES[place] for place in wanted}, typed


def test_saints_are_found_in_a_text_that_keeps_its_signs(app: Flask, make: Make) -> None:
    idea = make.idea(title="Un banc à St. Rémi")
    assert [db.session.scalar(select(Idea.id).where(is_named(typed))) for typed in ("st rémi", "saint-rémi")] == [
        idea.id
    ] * 2


@pytest.mark.one_engine
def test_and_in_what_is_no_row() -> None:
    for typed, wanted in FOUND.items():
        found = {n for n, name in enumerate(NAMES) if all(list_words.is_in(fold(name), w) for w in search_words(typed))}
        assert found == wanted, typed
