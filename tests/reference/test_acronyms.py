"""Acronyms: the coordination alone keeps them, and each name leads to the others."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.reference import acronyms, service
from app.reference.models import Acronym
from tests.support.races import at_once


def row(name: str) -> Acronym:
    return db.session.scalars(select(Acronym).where(Acronym.name == name).order_by(Acronym.id).limit(1)).one()


def others(name: str) -> set[str]:
    return set(acronyms.get_other_names().get(name, ()))


def test_the_coordination_alone_keeps_them(people: dict[str, Actor]) -> None:
    for act in (
        lambda: acronyms.create(people["facilitator"], "RPA", "résidence pour personnes âgées"),
        lambda: acronyms.edit(people["facilitator"], row("HLM"), "HLM", "autre chose"),
        lambda: service.archive(people["facilitator"], row("HLM")),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_short_name_leads_to_its_meaning_and_back_until_it_is_archived(people: dict[str, Actor]) -> None:
    boss, meaning = people["coordinator"], "résidence pour personnes âgées"
    acronyms.create(boss, "RPA", meaning)
    assert (others("RPA"), others(meaning)) == ({meaning}, {"RPA"})
    acronyms.edit(boss, row("RPA"), "R.P.A.", meaning)
    assert (others("RPA"), others(meaning)) == (set(), {"R.P.A."})
    service.archive(boss, row("R.P.A."))
    assert others(meaning) == set()
    service.unarchive(boss, row("R.P.A."))
    assert others(meaning) == {"R.P.A."}


def test_two_short_names_of_one_meaning_lead_to_each_other(people: dict[str, Actor]) -> None:
    assert others("OBNL") == {"organisme à but non lucratif", "OSBL"}
    assert others("OSBL") == {"organisme à but non lucratif", "organisme sans but lucratif", "OBNL"}
    assert others("organisme sans but lucratif") == {"OSBL"}
    acronyms.create(people["coordinator"], "DS", "direction de la sécurité")
    assert others("développement social") == {"DS"}, "two meanings of one short name stay apart"


@pytest.mark.parametrize(
    ("name", "meaning", "field"),
    [
        ("HLM", "Habitation à loyer modique", "name"),
        ("H.L.M.", "habitation à loyer modique", "name"),
        ("A.I.", "aide immédiate", "name"),
        ("à la fois", "un autre sens", "name"),
        ("20", "vingt", "name"),
        ("pour", "un autre sens", "name"),
        ("E.T.", "un autre sens", "name"),
        ("RPA", "il y a", "meaning"),
        ("RPA", "rpa", "meaning"),
        ("RPA", "...", "meaning"),
    ],
)
def test_what_search_could_do_nothing_with_is_refused(
    people: dict[str, Actor], name: str, meaning: str, field: str
) -> None:
    for act in (
        lambda: acronyms.create(people["coordinator"], name, meaning),
        lambda: acronyms.edit(people["coordinator"], row("CPE"), name, meaning),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.field == field


def test_of_two_that_are_given_one_meaning_at_once_one_is_refused(app: Flask, people: dict[str, Actor]) -> None:
    boss = people["coordinator"]
    for n in range(6):
        for name in (f"LA{n}", f"LE{n}"):
            acronyms.create(boss, name, "un sens")
        at_once(app, [partial(_rename, boss, f"{name}{n}", f"LU{n}") for name in ("LA", "LE")], Invalid)
        assert len(db.session.scalars(select(Acronym.id).where(Acronym.name == f"LU{n}")).all()) == 1


def _rename(actor: Actor, name: str, other: str) -> None:
    acronyms.edit(actor, row(name), other, "un sens")
