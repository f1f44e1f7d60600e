"""The mails that tell an author where their idea has come to: a band, a road, the same in plain words, in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.notifications.service import notices
from app.plan.models.structure import Action
from app.web.frame.mail_drawing import INKS, SKY
from app.web.notices.immediate_mails import write_mails
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import every
from tests.support.world import HERE

WHY = "On commence avec douze personnes."
# By status: the head of the mail, then its station.
HEADS = {
    "fr": {
        "published": ("Votre besoin prend la route, Maude.", "Proposition, étape 1 sur 5"),
        "under_review": ("Votre besoin est à l’étude, Maude.", "À l’étude, étape 2 sur 5"),
        "retained": ("Votre besoin a fait du chemin, Maude.", "Retenu, étape 3 sur 5"),
        "planned": ("Votre besoin a fait du chemin, Maude.", "Au plan, étape 4 sur 5"),
        "achieved": ("Votre besoin a fait du chemin, Maude.", "Réalisé, étape 5 sur 5"),
    },
    "en": {
        "published": ("Your need is on its way, Maude.", "step 1 of 5"),
        "under_review": ("Your need is being looked into, Maude.", "step 2 of 5"),
        "retained": ("Something came of the need you shared, Maude.", "step 3 of 5"),
        "planned": ("Something came of the need you shared, Maude.", "step 4 of 5"),
        "achieved": ("Something came of the need you shared, Maude.", "step 5 of 5"),
    },
}


def even(text: str) -> str:
    text = re.sub(r"<[^>]+>", "", text) if "<html" in text else text
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("&#39;", "'")


def tell(make: Any, reader: Any, status: str) -> None:
    """Tell an author that their need came to a station, as an act of the team does."""
    need = make.idea(reader, HERE, kind="need", status=status, title="Vingt-deux kilomètres")
    if status == "published":
        notices.tell(reader.id, "measure.publish", "1", idea_id=need.id)
    elif status == "planned":
        MakePlan(make).plan(action_of("Une tournée d'épicerie", 2))
        notices.tell(reader.id, "linked.author", "1", idea_id=need.id, action_id=every(Action)[0].id)
    else:
        notices.tell(reader.id, "status", "1", idea_id=need.id, status=status, reason=WHY)
    db.session.commit()


@pytest.mark.one_engine
@pytest.mark.parametrize("language", HEADS)
def test_each_station_is_drawn_in_borders_and_said_in_plain_words(
    app: Flask, make: Any, outbox: Any, clock: Any, language: str
) -> None:
    for status, (head, station) in HEADS[language].items():
        reader = make.user("Maude Mésange", locale=language)
        tell(make, reader, status)
        clock.forward(minutes=11)
        assert write_mails() == 1
        [mail] = outbox.to(reader.email)
        assert len(re.findall(r":\s", mail.subject.partition("(")[0])) < 2, "one colon in a subject"
        assert f'padding:0 44px">\n<div style="height:{SKY[status]}px"' in mail.html
        assert not re.search(r"<(?:img|svg|picture)|url\(|background-image", mail.html)
        assert mail.html.count('class="here"') == 1 and 'class="box"' in mail.html
        assert ".c-food { color: #93cf95 !important" in mail.html and "prefers-color-scheme: dark" in mail.html
        assert len(mail.html.encode()) < 9_000
        for part in (mail.text, mail.html):
            assert head in even(part) and station in even(part) and "Vingt-deux kilomètres" in part
            assert status not in ("under_review", "retained", "achieved") or WHY in part


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("status", "said"), [("declined", "est non, et voici pourquoi"), ("archived", "est aux archives")]
)
def test_no_sun_stands_over_an_end_and_an_archive_is_no_refusal(
    make: Any, outbox: Any, clock: Any, status: str, said: str
) -> None:
    reader = make.user("Maude Mésange")
    tell(make, reader, status)
    clock.forward(minutes=11)
    assert write_mails() == 1
    [mail] = outbox.to(reader.email)
    assert said in mail.subject and 'class="sun"' not in mail.html and 'class="here"' not in mail.html
    assert status == "declined" or " non" not in mail.text


@pytest.mark.one_engine
def test_what_is_published_in_private_is_not_said_to_reach_everybody(make: Any, outbox: Any, clock: Any) -> None:
    room = make.community(is_private=True)
    make.actor(reader := make.user("Maude Mésange"), member_of=[room])
    notices.tell(reader.id, "measure.publish", "1", idea_id=make.idea(reader, room, kind="project").id)
    db.session.commit()
    clock.forward(minutes=11)
    assert write_mails() == 1
    [mail] = outbox.to(reader.email)
    said = even(mail.text)
    assert "Votre projet prend la route, Maude." in said and "l’a lu et publié" in said
    assert "Tout le monde" not in said and "Les gens qui suivent" not in said and "trois personnes" not in said


def test_the_colours_of_mails_are_those_of_the_stylesheet() -> None:
    sheet = Path("static/css/tokens.css").read_text()
    light, dark = sheet.partition("prefers-color-scheme: dark")[::2]
    for name, ink in INKS.items():
        assert f"--{name}: {ink.light};" in light and f"--{name}: {ink.dark};" in dark
