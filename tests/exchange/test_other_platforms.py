"""The exports of other platforms, and files that somebody made: columns are found by what their headings mean."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models.people import ImportedAuthor
from app.comments.models import Comment
from app.core.db import db
from app.exchange import csv_rows, lines, sources
from app.exchange.translation import Answers
from app.ideas.models import Idea, IdeaTag
from app.reference.models import Tag
from tests.exchange.conftest import Importer


def write(path: Path, rows: list[list[Any]], *, separator: str = ",", encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def find_ideas() -> dict[str | None, Idea]:
    db.session.rollback()
    return {row.source_id: row for row in db.session.scalars(select(Idea))}


def find_comments() -> dict[str | None, Comment]:
    return {row.source_id: row for row in db.session.scalars(select(Comment))}


def list_authors() -> set[tuple[str, str]]:
    return {(row.source, row.name) for row in db.session.scalars(select(ImportedAuthor))}


def list_tags() -> set[str]:
    return set(db.session.scalars(select(Tag.name).join(IdeaTag, IdeaTag.tag_id == Tag.id)))


SPACE = "https://www.participez.example/processes/vision/f/7/proposals"
DECIDIM = [
    [
        "id",
        "author/id",
        "author/name",
        "category/id",
        "category/name/fr",
        "scope/name/fr",
        "participatory_space/id",
        "component/id",
        "title/en",
        "title/fr",
        "body/en",
        "body/fr",
        "state",
        "reference",
        "endorsements/total_count",
        "votes/total_count",
        "comments",
        "published_at",
        "url",
        "created_at",
    ],
    [
        345,
        9,
        "Léa",
        3,
        "Transport",
        "Salaberry",
        1,
        7,
        "A bus",
        "Un autobus",
        "",
        "<p>Le <b>soir</b>.</p>",
        "accepted",
        "R-345",
        12,
        31,
        2,
        "2020-03-04 10:00:00 UTC",
        f"{SPACE}/345",
        "2020-03-03 10:15:00 UTC",
    ],
    [
        346,
        9,
        "Léa",
        "",
        "",
        "",
        1,
        7,
        "",
        "Un sentier",
        "",
        "Au bord",
        "rejected",
        "R-346",
        0,
        0,
        0,
        "2020-03-04 10:00:00 UTC",
        f"{SPACE}/346",
        "2020-03-03 10:15:00 UTC",
    ],
    [
        347,
        9,
        "Léa",
        "",
        "",
        "",
        1,
        7,
        "",
        "Une ébauche",
        "",
        "…",
        "",
        "R-347",
        0,
        0,
        0,
        "",
        f"{SPACE}/347",
        "2020-03-03 10:15:00 UTC",
    ],
]
DECIDIM_COMMENTS = [
    [
        "id",
        "created_at",
        "body",
        "locale",
        "author/id",
        "author/name",
        "alignment",
        "depth",
        "commentable_id",
        "commentable_type",
        "root_commentable_url",
    ],
    [
        5,
        "2020-03-05 10:00:00 UTC",
        "D'accord",
        "fr",
        4,
        "Jo",
        1,
        0,
        345,
        "Decidim::Proposals::Proposal",
        f"{SPACE}/345",
    ],
    [6, "2020-03-06 10:00:00 UTC", "Moi aussi", "fr", 9, "Léa", 0, 1, 5, "Decidim::Comments::Comment", f"{SPACE}/345"],
    [7, "2020-03-06 11:00:00 UTC", "Non", "fr", 9, "Léa", -1, 0, 346, "Decidim::Proposals::Proposal", f"{SPACE}/346"],
]


def test_proposals_of_decidim_come_in_with_their_comments(importer: Importer, tmp_path: Path) -> None:
    files = (
        write(tmp_path / "p.csv", DECIDIM, separator=";"),
        write(tmp_path / "c.csv", DECIDIM_COMMENTS, separator=";"),
    )
    reports = importer.bring_files(*files)

    row = find_ideas()["345"]
    assert (row.title, row.body, row.lang, row.spot) == ("Un autobus", "Le **soir**.", "fr", "Salaberry")
    assert (row.source, row.created_at) == ("participez.example", datetime(2020, 3, 3, 10, 15, tzinfo=UTC))
    assert row.source_figures == {
        "votes": {"for_": 12, "total": 31},
        "published": {"comments": 2},
        "category": "Transport",
    }
    assert reports["ideas"].left_out == {"rejected": 1, "unpublished": 1} and set(find_ideas()) == {"345"}
    found = find_comments()
    assert {name: (one.source_stance, one.depth) for name, one in found.items()} == {"5": ("pour", 0), "6": (None, 1)}
    assert found["6"].parent_id == found["5"].id and reports["comments"].left_out == {"with_idea": 1}
    assert importer.refusals == {"ideas": [], "comments": []}
    assert set(importer.ideas.unread) == {"author/id", "category/id", "component/id", "participatory_space/id"}

    again = importer.bring_files(*files, include=("rejected",))
    assert (again["ideas"].added_count, again["ideas"].present_count, again["comments"].added_count) == (1, 1, 1)


CONSUL = [
    [
        "id",
        "title",
        "description",
        "external_url",
        "cached_votes_up",
        "comments_count",
        "hot_score",
        "author",
        "tags",
        "created_at",
        "retired_at",
    ],
    [12, "Un parc", "<p>Avec des bancs</p>", "", "1 204", 3, 99, "Ana", "Parcs, Vert", "2016-01-01 10:00:00 UTC", ""],
    [13, "Un retrait", "", "", 0, 0, 1, "Ana", "", "2016-01-01 10:00:00 UTC", "2016-02-01 10:00:00 UTC"],
]
CONSUL_COMMENTS = [
    [
        "id",
        "commentable_id",
        "commentable_type",
        "body",
        "created_at",
        "cached_votes_total",
        "cached_votes_up",
        "ancestry",
    ],
    [1, 12, "Proposal", "Oui", "2016-01-02 10:00:00 UTC", 3, 2, ""],
    [2, 12, "Debate", "Ailleurs", "2016-01-02 10:00:00 UTC", 0, 0, ""],
    [4, 12, "Proposal", "Bancs ?", "2016-01-03 10:00:00 UTC", 0, 0, "1/3"],
]


def test_proposals_of_consul_come_in_and_the_comments_on_debates_do_not(importer: Importer, tmp_path: Path) -> None:
    files = write(tmp_path / "p.csv", CONSUL), write(tmp_path / "c.csv", CONSUL_COMMENTS)
    with sources.open_source(files[1], "comments") as asked:
        assert asked.has_open_subject and asked.survey.subjects == {"Proposal": 2, "Debate": 1}
    reports = importer.bring_files(*files, answers=Answers(subject="Proposal"))

    assert importer.refusals == {"ideas": [], "comments": []}
    row = find_ideas()["12"]
    assert (row.source, row.body, row.source_figures) == (
        "consul",
        "Avec des bancs",
        {"votes": {"for_": 1204}, "published": {"comments": 3}},
    )
    assert list_tags() == {"Parcs", "Vert"} and reports["ideas"].left_out == {"withdrawn": 1}
    found = find_comments()
    assert (found["4"].parent_id, found["4"].source_parent_id) == (found["1"].id, "3")
    assert reports["comments"].left_out == {"about_another": 1} and found["1"].source_votes == 2


IDEASCALE = [
    [
        "Idea ID",
        "Idea Title",
        "Idea",
        "Submitter",
        "Campaign",
        "Tags",
        "Up Votes",
        "Down Votes",
        "Stage",
        "Creation Date",
    ],
    [7, "Un jardin", "Sur le toit", "Zoé", "Ville verte", "toit;jardin", 5, 1, "In review", "03/13/2020"],
    [8, "Une serre", "Ici", "zoe@example.org", "Ville verte", "", 0, 0, "Draft", "Mar 03, 2020 10:15 AM"],
    [9, "Un puits", "Là", "zoe@example.org", "Ville verte", "", 0, 0, "", "Mar 03, 2020 10:15 AM"],
]


def test_ideas_of_ideascale_come_in_on_their_days_and_no_address_is_a_name(importer: Importer, tmp_path: Path) -> None:
    importer.bring_files(write(tmp_path / "i.csv", IDEASCALE))

    found = find_ideas()
    assert (found["7"].created_at.date().isoformat(), found["7"].body) == ("2020-03-13", "Sur le toit")
    assert found["9"].created_at == datetime(2020, 3, 3, 15, 15, tzinfo=UTC)
    assert (found["7"].source_figures or {})["votes"] == {"for_": 5, "against": 1}
    assert list_authors() == {("ideascale", "Zoé"), ("ideascale", "Anonyme")}
    assert set(found) == {"7", "9"} and list_tags() == {"toit", "jardin"}


TABLE = [["N°", "TITRE", "Texte", "Auteur·e", "Étiquettes", "Créé le", "Statut"]]
TABLE += [[1, "Été à Léry", "Ligne 1\nLigne 2", "Noël", "eau, été", "31/12/2015 14:05", "publiée"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_that_somebody_made_comes_in_whatever_its_writing(
    importer: Importer, tmp_path: Path, encoding: str, separator: str
) -> None:
    path = write(tmp_path / "t.csv", TABLE, separator=separator, encoding=encoding)
    for added in (1, 0):
        report = importer.bring_files(path, answers=Answers(source="colloque"))["ideas"]
        assert (report.added_count, importer.refusals["ideas"]) == (added, [])
    row = find_ideas()["1"]
    assert (row.title, row.body) == ("Été à Léry", "Ligne 1  \nLigne 2")
    assert row.created_at == datetime(2015, 12, 31, 19, 5, tzinfo=UTC)


def test_ideas_without_an_id_are_known_again_by_their_words(importer: Importer, tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [["Titre", "Date"], ["Un pont", "2020-01-02"], ["Un banc", "2020-01-02"]])
    counts = [importer.bring_files(path, answers=Answers(source="colloque"))["ideas"].added_count for _ in range(2)]
    assert counts == [2, 0]


def test_dates_that_can_be_read_two_ways_are_asked_about_and_those_of_one_file_are_of_one_order(
    importer: Importer, tmp_path: Path
) -> None:
    rows = [["id", "titre", "date"], [1, "Un pont", "03/04/2020"], [2, "Un banc", "05/06/2020"]]
    with sources.open_source(write(tmp_path / "t.csv", rows), "ideas") as asked:
        assert asked.has_open_dates and asked.survey.date == "03/04/2020"
    importer.bring_files(tmp_path / "t.csv", answers=Answers(source="a", dates="mdy"))
    with sources.open_source(write(tmp_path / "t.csv", [*rows, [3, "Un lac", "31/12/2020"]]), "ideas") as answered:
        assert not answered.has_open_dates
    importer.bring_files(tmp_path / "t.csv", answers=Answers(source="b"))

    days = {(row.source, row.source_id): f"{row.created_at:%m-%d}" for row in db.session.scalars(select(Idea))}
    assert days == {
        ("a", "1"): "03-04",
        ("a", "2"): "05-06",
        ("b", "1"): "04-03",
        ("b", "2"): "06-05",
        ("b", "3"): "12-31",
    }


def test_a_cell_that_is_too_long_refuses_its_row_alone(
    importer: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (csv_rows, lines):
        monkeypatch.setattr(module, "LONGEST", 1024)
    rows = [["id", "titre", "date"], [1, "x" * 2000, "2020-01-02"], [2, "Un banc", "2020-01-02"]]
    report = importer.bring_files(write(tmp_path / "t.csv", rows), answers=Answers(source="colloque"))["ideas"]
    assert ([reason.lines for reason in report.list_reasons()], report.added_count) == ([[2]], 1)
    assert set(find_ideas()) == {"2"}
