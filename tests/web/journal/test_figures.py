"""Facilitation in figures: what everybody is told, recounted by hand."""

from datetime import timedelta
from typing import Any

import pytest

from app.communities.models import Membership
from app.core import clock as time
from app.core.unit import unit
from app.figures import plates
from app.figures.scope import Scope, last_months
from app.ideas.models import StatusChange
from app.journal import service as journal
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case
from app.moderation.measures.models import Measure
from app.web.journal.figures import format_delay
from tests.support.make import Make
from tests.support.queries import PUBLIC, cost, costs_alike

HERE, THERE = "securite-alimentaire", "transport-collectif"
DESK, MEASURES = "Signalements, nouveaux examens et réponses", "Mesures, par genre"


def record(kind: str, room: Any, times: int = 1, **more: Any) -> None:
    with unit():
        for _n in range(times):
            journal.record(kind, community_id=room.id, is_private=room.is_private, **more)


def rows(page: Any, caption: str, number: int = 0) -> dict[str, dict[str, str]]:
    """Read a table back: what each line says under each heading."""
    tables = [t for t in page.soup.select("table") if plain(t.select_one("caption")).startswith(caption)]
    if len(tables) <= number:
        return {}
    head = [plain(cell) for cell in tables[number].select("thead th")]
    cells = [[plain(cell) for cell in row.select("th[scope=row], td")] for row in tables[number].select("tbody tr")]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in cells}


def plain(tag: Any) -> str:
    return tag.get_text().replace("\xa0", " ").replace("\u202f", " ").replace("’", "'").strip()


def case(make: Any, room: Any, hours: int | None = None, state: str = "handled") -> Case:
    idea, opened_at = make.idea(community=room), time.now() - timedelta(hours=hours or 0)
    decided_at = None if hours is None else time.now()
    return make.add(
        Case(
            idea_id=idea.id,
            community_id=room.id,
            opened_at=opened_at,
            decided_at=decided_at,
            state="open" if hours is None else state,
        )
    )


def add_answer(make: Any, room: Any, days: int, **columns: Any) -> None:
    idea = make.idea(community=room, **columns)
    make.at(idea, published_at=time.now() - timedelta(days=days))
    make.add(StatusChange(idea_id=idea.id, status="under_review"))
    make.add(StatusChange(idea_id=idea.id, status="retained", at=time.now() + timedelta(days=9)))


def test_nothing_to_count_says_so(visitor: Any) -> None:
    assert "Rien à compter encore" in visitor.get("/journal/figures").words


def test_measures_are_counted_by_month_even_one_without_any_and_by_community(
    make: Any, visitor: Any, clock: Any
) -> None:
    clock.at("2026-01-31T12:00")
    record("hide", make.room(HERE), 2)
    clock.at("2026-03-10T12:00")
    record("hide", make.room(HERE))
    record("publish", make.room(THERE), 3)
    page = visitor.get("/journal/figures")
    assert rows(page, MEASURES) == {
        "mars 2026": {"Contenu masqué": "1", "Publication admise": "3"},
        "février 2026": {"Contenu masqué": "0", "Publication admise": "0"},
        "janvier 2026": {"Contenu masqué": "2", "Publication admise": "0"},
    }
    names = {make.room(HERE).name: "3", make.room(THERE).name: "0"}
    assert {name: row["Contenu masqué"] for name, row in rows(page, MEASURES, 1).items()} == {
        plain_name(k): v for k, v in names.items()
    }
    page = visitor.get(f"/journal/figures?community={THERE}")
    assert rows(page, MEASURES) == {"mars 2026": {"Publication admise": "3"}} and rows(page, MEASURES, 1) == {}


def plain_name(name: str) -> str:
    return name.replace("’", "'")


def test_only_the_twelve_last_months_are_told(make: Any, visitor: Any, clock: Any) -> None:
    for moment in ("2025-03-31T12:00", "2025-04-01T12:00"):
        clock.at(moment)
        record("hide", make.room(HERE))
        case(make, make.room(HERE), 3)
    clock.at("2026-03-10T12:00")
    page = visitor.get("/journal/figures")
    assert rows(page, MEASURES).keys() == rows(page, DESK).keys() == {"avril 2025"}


@pytest.mark.parametrize(
    ("kind", "times", "figure"),
    [
        ("suspend", 1, "moins de 5"),
        ("block", 4, "moins de 5"),
        ("warn", 5, "5"),
        ("lift", 6, "6"),
        ("hide", 1, "1"),
        ("freeze", 2, "moins de 5"),
    ],
)
def test_a_small_number_of_measures_about_people_points_at_nobody(
    make: Any, visitor: Any, kind: str, times: int, figure: str
) -> None:
    record(kind, make.room(HERE), times)
    (line,) = rows(visitor.get("/journal/figures"), MEASURES).values()
    assert list(line.values()) == [figure]


def test_reports_have_their_median_delay(make: Any, visitor: Any, clock: Any) -> None:
    clock.at("2026-03-10T12:00")
    for hours in (2, 4, 24 * 6):
        case(make, make.room(HERE), hours)
    case(make, make.room(HERE), 4, "dismissed")
    case(make, make.room(HERE))
    (line,) = rows(visitor.get("/journal/figures"), DESK).values()
    assert (line["Signalements ouverts"], line["Retenus"], line["Sans suite"], line["Délai médian"]) == (
        "5",
        "3",
        "1",
        "4 heures",
    )


def test_what_was_opened_long_ago_and_decided_now_counts_where_it_was_decided(make: Any, visitor: Any) -> None:
    room, long_ago = make.room(HERE), time.now() - timedelta(days=500)
    case(make, room, 24 * 500)
    idea = make.idea(community=room)
    measure = make.add(
        Measure(kind="hide", community_id=room.id, idea_id=idea.id, by_id=make.user().id, reason="Motif", at=long_ago)
    )
    make.add(
        Appeal(
            measure_id=measure.id,
            user_id=idea.author_id,
            words="Non.",
            at=long_ago,
            state="refused",
            decided_at=time.now(),
        )
    )
    (line,) = rows(visitor.get("/journal/figures"), DESK).values()
    assert (line["Signalements ouverts"], line["Retenus"]) == ("0", "1")
    assert (line["Nouveaux examens demandés"], line["Refusés"]) == ("0", "1")


def test_appeals_tell_how_many_were_granted(make: Any, visitor: Any) -> None:
    boss, room = make.user(role="coordinator"), make.room(HERE)
    for state in ("granted", "refused", "granted", "open"):
        idea = make.idea(community=room)
        measure = make.add(Measure(kind="hide", community_id=room.id, idea_id=idea.id, by_id=boss.id, reason="Motif"))
        decided_at = None if state == "open" else time.now()
        make.add(
            Appeal(
                measure_id=measure.id,
                user_id=idea.author_id,
                words="Je ne crois pas.",
                state=state,
                decided_at=decided_at,
            )
        )
    (line,) = rows(visitor.get("/journal/figures"), DESK).values()
    assert (line["Nouveaux examens demandés"], line["Accueillis"], line["Refusés"]) == ("4", "2", "1")


def test_ideas_answered_have_the_median_delay_of_their_first_answer(make: Any, visitor: Any) -> None:
    for days in (3, 5, 40):
        add_answer(make, HERE, days)
    add_answer(make, HERE, 1, hidden_at=time.now())
    make.idea(community=HERE)
    (line,) = rows(visitor.get("/journal/figures"), DESK).values()
    assert (line["Idées qui ont une réponse"], line["Délai médian de la réponse"]) == ("3", "5 jours")


def test_answers_have_one_definition_wherever_they_are_counted(make: Make, visitor: Any, clock: Any) -> None:
    clock.at("2027-03-10T12:00")
    for days, room in ((3, HERE), (5, HERE), (40, THERE)):
        add_answer(make, room, days, communities=[THERE])
    by_id = {line.community_id: line for line in plates.list_delays(Scope(*last_months())) or ()}
    told = rows(visitor.get("/journal/figures"), DESK, 1)
    for slug in (HERE, THERE):
        room, line = make.room(slug), told[plain_name(make.room(slug).name)]
        delays = by_id[room.id]
        assert delays.spread is not None
        assert line["Idées qui ont une réponse"] == str(delays.answered)
        assert line["Délai médian de la réponse"] == format_delay(timedelta(days=delays.spread.median))


def test_a_private_community_is_counted_for_its_members_only(make: Any, visitor: Any, sign_in: Any, clock: Any) -> None:
    clock.at("2026-01-20T12:00")
    room, member = make.community(is_private=True, name="canari-cercle", slug="canari-cercle"), make.user()
    make.add(Membership(user_id=member.id, community_id=room.id))
    record("hide", room)
    case(make, room, 2)
    add_answer(make, room, 3)
    assert "canari" not in visitor.get("/journal/figures").text and not visitor.get("/journal/figures").soup.select(
        "table"
    )
    assert visitor.get("/journal/figures?community=canari-cercle").status_code == 400
    assert not sign_in(make.user(role="admin")).get("/journal/figures").soup.select("table")
    for browser in (sign_in(member), sign_in(make.user(role="coordinator"))):
        page = browser.get("/journal/figures?community=canari-cercle")
        assert list(rows(page, MEASURES).values()) == [{"Contenu masqué": "1"}] and len(rows(page, DESK)) == 1
        assert "canari-cercle" in rows(browser.get("/journal/figures"), MEASURES, 1)


def test_the_figures_cost_the_same_for_one_thing_and_for_twenty(make: Any, visitor: Any, sign_in: Any) -> None:
    def fill(times: int) -> None:
        for _n in range(times):
            record("hide", make.room(HERE))
            case(make, make.room(THERE), 2)
            add_answer(make, HERE, 3)

    costs_alike(fill, (visitor, "/journal/figures"), (sign_in(make.user()), "/journal/figures"))
    assert cost(visitor, "/journal/figures") <= PUBLIC
