import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models.people import ImportedAuthor, User
from app.comments.models import Thread
from app.core.db import db
from app.exchange import ideas
from app.ideas.models import Idea, IdeaTag, Revision, StatusChange
from app.operations import recount
from app.reference.models import Tag
from tests.exchange.conftest import Importer, idea
from tests.support.rows import count


def find_idea(source_id: str = "i1") -> Idea:
    db.session.rollback()
    return db.session.scalars(select(Idea).where(Idea.source_id == source_id)).one()


def test_an_idea_comes_in_as_its_source_had_it(importer: Importer, make: Any) -> None:
    room = make.room("transport-collectif").id
    importer.bring(
        [
            idea(
                title="E\u0301tendre  le réseau",
                body="<h1>Titre</h1><p>Un <strong>texte</strong> &eacute;crit.</p>",
                lang="fr-CA",
                category="Section 1",
                tags=["Données", "é" * 61],
                updated_at="2015-09-27",
                votes={"for": 3, "against": 1, "mixed": None},
                published={"arguments": 2},
            )
        ],
        community_id=room,
    )

    row = find_idea()
    assert row.title == "Étendre  le réseau" and row.slug == "etendre-le-reseau"
    assert row.body == "# Titre\n\nUn **texte** écrit." and "<h2>Titre</h2>" in row.body_html
    assert (row.status, row.kind, row.lang, row.community_id, row.votes_count) == ("published", "idea", "fr", room, 0)
    assert row.published_at == row.created_at == row.status_at == datetime(2015, 9, 26, 12, 5, 4, tzinfo=UTC)
    assert row.excerpt == "Titre. Un texte écrit."
    assert db.session.scalar(select(Idea.search_text)) == "etendre le reseau titre un texte ecrit."
    assert row.source_figures == {
        "votes": {"for": 3, "against": 1},
        "published": {"arguments": 2},
        "category": "Section 1",
        "updated_at": "2015-09-27T00:00:00+00:00",
        "tags": ["é" * 61],
    }


def test_it_has_a_thread_a_first_revision_a_first_step_and_its_tags(importer: Importer) -> None:
    importer.bring([idea(tags=["Données", "Données"])])

    row = find_idea()
    thread = db.session.get_one(Thread, row.thread_id)
    assert (thread.title, thread.is_public, thread.is_open) == (row.title, True, True)
    revision = db.session.scalars(select(Revision)).one()
    assert (revision.number, revision.body, revision.created_at) == (1, row.body, row.created_at)
    step = db.session.scalars(select(StatusChange)).one()
    assert (step.status, step.by_id, step.at) == ("published", None, row.created_at)
    assert list(db.session.scalars(select(Tag.name).join(IdeaTag, IdeaTag.tag_id == Tag.id))) == ["Données"]
    assert recount.list_differences() == []


def test_its_author_is_a_name_that_can_never_sign_in(importer: Importer) -> None:
    importer.bring(
        [idea(1), idea(2), idea(3, author="Autre"), idea(4, author=None), idea(5, author="Ginette", source="b")]
    )

    assert count(User) == 0
    names = [(a.source, a.name) for a in db.session.scalars(select(ImportedAuthor).order_by(ImportedAuthor.id))]
    assert sorted(names) == [("ailleurs", "Anonyme"), ("ailleurs", "Autre"), ("ailleurs", "Ginette"), ("b", "Ginette")]
    assert find_idea("i1").imported_author_id == find_idea("i2").imported_author_id


def test_a_trashed_idea_comes_in_hidden(importer: Importer) -> None:
    importer.bring([idea(trashed=True)])
    row = find_idea()
    assert row.is_hidden and not row.is_public and row.hidden_by is None and row.hidden_reason
    assert not db.session.get_one(Thread, row.thread_id).is_public


def test_an_imported_text_may_exceed_the_limits_of_the_forms(importer: Importer) -> None:
    title, body = "Mot " * 60 + "fin", "<p>" + "Une longue phrase. " * 2000 + "</p>"
    importer.bring([idea(title=title, body=body), idea(2, title="Court")])
    assert find_idea().title == title
    assert len(find_idea().body) > 37_000
    assert find_idea("i2").title == "Court"


def test_a_place_in_words_comes_in_and_is_found(importer: Importer) -> None:
    importer.bring([idea(spot="  près du\npont\u202e "), idea(2)])
    row = find_idea()
    assert (
        row.spot == db.session.scalars(select(Revision.spot).where(Revision.idea_id == row.id)).one() == "près du pont"
    )
    assert row.search_text.endswith("pres du pont") and find_idea("i2").spot == ""


def test_bodies_are_html_markdown_or_text(importer: Importer) -> None:
    importer.bring(
        [
            idea(1, body="<p>*a*</p>"),
            idea(2, body="*a*\u202e", body_format="markdown"),
            idea(3, body="*a*", body_format="text"),
            idea(4, body="**b**", body_format=None),
            idea(5, body=None),
        ]
    )
    bodies = [find_idea(f"i{n}").body_html.strip() for n in range(1, 6)]
    assert bodies == ["<p>*a*</p>", "<p><em>a</em></p>", "<p>*a*</p>", "<p><strong>b</strong></p>", ""]
    assert find_idea("i2").body == "*a*"


def test_imported_twice_it_adds_nothing_and_changes_nothing(importer: Importer) -> None:
    rows = [idea(n) for n in range(1, 6)]
    assert importer.bring(rows)["ideas"].added_count == 5
    report = importer.bring([*[row | {"title": "Autre"} for row in rows], idea(6)])["ideas"]
    assert (report.added_count, report.present_count, report.refused_count) == (1, 5, 0)
    assert count(Idea) == count(Thread) == 6
    assert find_idea().title == "Une idée 1"


def test_the_same_id_in_another_source_is_another_idea(importer: Importer) -> None:
    assert importer.bring([idea(), idea(source="b")])["ideas"].added_count == 2


def test_a_dry_run_says_what_would_be_and_writes_nothing(importer: Importer) -> None:
    importer.bring([idea(1)])
    report = importer.bring([idea(1), idea(2), idea(3, title="")], dry_run=True)["ideas"]
    assert (report.added_count, report.present_count, report.refused_count) == (1, 1, 1)
    assert count(Idea) == count(Thread) == count(ImportedAuthor) == 1


@pytest.mark.parametrize(
    "fields, reason",
    [
        ({"title": None}, "no title"),
        ({"title": " \u200b "}, "no title"),
        ({"title": 3}, "title is not a text"),
        ({"id": None}, "no id"),
        ({"id": ["x"]}, "id is not an identifier"),
        ({"id": True}, "id is not an identifier"),
        ({"id": "x" * 201}, "id is not an identifier"),
        ({"id": "a\u0000"}, "id is not an identifier"),
        ({"source": ""}, "no source"),
        ({"created_at": None}, "no created_at"),
        ({"created_at": "hier"}, "created_at is not a date: hier"),
        ({"created_at": "2015-02-30"}, "created_at is not a date: 2015-02-30"),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, "created_at is not a date: 0001-01-01T00:00:00+14:00"),
        ({"created_at": "2999-01-01"}, "created_at is to come: 2999-01-01"),
        ({"created_at": 12}, "created_at is not a text"),
        ({"updated_at": "demain"}, "updated_at is not a date: demain"),
        ({"spot": 3}, "spot is not a text"),
        ({"spot": "x" * 121}, "spot is longer than 120 characters"),
        ({"body": 3}, "body is not a text"),
        ({"body_format": "pdf"}, "body_format is not one of html, markdown, text"),
        ({"kind": "rumour"}, "kind is not one of aspiration, need, idea, project"),
        ({"lang": "français!"}, "lang is not the code of a language"),
        ({"tags": [1]}, "tags is not a list of texts"),
        ({"votes": [1]}, "votes is not an object"),
        ({"votes": {"for": "3"}}, "votes has a value that is not a number"),
        ({"votes": {"for": 1e999}}, "votes has a value that is not a number"),
        ({"published": {"a": 2**40}}, "published has a value that is not a number"),
        ({"trashed": "perhaps"}, "trashed is not true or false"),
    ],
)
def test_a_row_that_can_not_be_taken_is_refused_with_its_reason_and_the_rest_goes_on(
    importer: Importer, fields: dict[str, Any], reason: str
) -> None:
    report = importer.bring([idea(1), idea(2) | fields, idea(3)])["ideas"]
    assert importer.refusals["ideas"] == [(2, reason)]
    assert (report.added_count, report.refused_count) == (2, 1)


def test_an_id_that_comes_twice_in_the_file_is_taken_once(importer: Importer) -> None:
    importer.bring([idea(), idea(title="La même")])
    assert importer.refusals["ideas"] == [(2, "this id is already in this file: i1")]
    assert find_idea().title == "Une idée 1"


def test_titles_and_names_are_kept_in_nfc_without_control_characters(importer: Importer) -> None:
    name = unicodedata.normalize("NFD", "Élan à Salaberry")
    importer.bring([idea(title=f"{name}\n\tvers\u202e l'été\u0000", author=name)])
    assert find_idea().title == "Élan à Salaberry  vers l'été"
    assert db.session.scalars(select(ImportedAuthor)).one().name == "Élan à Salaberry"


def test_a_name_that_can_not_be_a_tag_here_is_kept_as_the_source_s(importer: Importer) -> None:
    importer.bring([idea(tags=[f"Étiquette {n}" for n in range(10)] + ["x", "…", "a, b"])])
    assert count(IdeaTag) == 8
    figures = find_idea().source_figures
    assert figures is not None
    assert figures["tags"] == ["Étiquette 8", "Étiquette 9", "x", "…", "a, b"]


def test_identifiers_may_be_numbers(importer: Importer) -> None:
    importer.bring([idea(id=61)])
    assert find_idea("61")


def test_an_idea_that_can_not_be_stored_is_refused_alone(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    build = ideas._thread

    def refuse(row: ideas.IdeaRow, community_id: int | None) -> Thread:
        if row.number == 2:
            raise IntegrityError("insert", {}, ValueError())
        return build(row, community_id)

    monkeypatch.setattr(ideas, "_thread", refuse)
    report = importer.bring([idea(n) for n in range(3)])["ideas"]
    assert (importer.refusals["ideas"], report.added_count) == ([(2, "the database can’t take it")], 2)
