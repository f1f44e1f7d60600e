"""The form of a meeting: what it refuses and where it says so, the hours of a change of clocks, what was already held."""

import pytest

from app.events.models.contents import EventLine, EventQuestion
from app.events.models.meetings import Event
from app.reference.models import Organisation
from tests.events.stored import at, event_in
from tests.support.make_plan import action_of
from tests.support.rows import again, count, every, last
from tests.support.tables import photo
from tests.support.tampering import tamper
from tests.support.world import ELSEWHERE, HERE

TYPED = {
    "title": "Se loger près de son travail",
    "starts_on": "2027-02-18",
    "starts_hour": "18:30",
    "ends_on": "2027-02-18",
    "ends_hour": "20:30",
    "mode": "online",
}


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


def errors_of(page, name):
    """Return what is said beside a field."""
    return " ".join(one.get_text(" ", strip=True) for one in page.soup.select(f"[id^='{name}-error']"))


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"title": "Court"}, "title", "de 10 à 140"),
        ({"title": ""}, "title", "obligatoire"),
        ({"starts_on": ""}, "starts_on", "obligatoire"),
        ({"starts_on": "hier"}, "starts_on", "une date comme"),
        ({"starts_hour": "25:00"}, "starts_hour", "une heure comme"),
        ({"ends_hour": "18:30"}, "ends_hour", "après le début"),
        ({"ends_on": "2027-02-17"}, "ends_hour", "après le début"),
        ({"ends_on": "2027-03-05"}, "ends_on", "quatorze jours"),
        ({"starts_on": "2027-03-14", "starts_hour": "2:30", "ends_on": "2027-03-14"}, "starts_hour", "n’existe pas"),
        ({"ends_on": "2027-03-14", "ends_hour": "2:30", "starts_on": "2027-03-13"}, "ends_hour", "n’existe pas"),
        ({"starts_on": "0001-01-01", "ends_on": "0001-01-01"}, "starts_on", "de 2000 à 2099"),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-31"}, "starts_on", "de 2000 à 2099"),
        ({"ends_on": "9999-12-31", "ends_hour": "23:59"}, "ends_on", "de 2000 à 2099"),
        ({"opens_on": "9999-12-31"}, "opens_on", "de 2000 à 2099"),
        ({"mode": "in_person"}, "territory", "quelle municipalité"),
        ({"room_url": "javascript:alert(1)"}, "room_url", "https://"),
        ({"room_url": "ftp://exemple.test"}, "room_url", "https://"),
        ({"capacity_online": "0"}, "capacity_online", "au moins 1"),
        ({"capacity_online": "-3"}, "capacity_online", "au moins 1"),
        ({"capacity_in_person": "12"}, "capacity_in_person", "en personne"),
        ({"place": "Une salle"}, "place", "en personne"),
        ({"note_childcare": "dès 2 ans"}, "note_childcare", "Cochez"),
        ({"opens_hour": "9:00"}, "opens_hour", "compte avec le jour"),
        ({"tags": "a, b, c, d, e, f, g, h, i"}, "tags", "Huit"),
        ({"concerns": "n'importe quoi"}, "concerns", "ne mène à aucune"),
        ({"lines-0-hour": "18:00"}, "lines-0-text", "obligatoire"),
        ({"documents-0-title": "Un titre", "documents-0-url": "exemple.test"}, "documents-0-url", "https://"),
        (
            {"questions-0-label": "Comment venez-vous?", "questions-0-kind": "one", "questions-0-why": "x"},
            "questions-0-choices",
            "au moins deux",
        ),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(team, typed, field, words):
    page = team.submit("/events/new", "form.form", **TYPED | {"lead": "Ce que je tapais"} | typed)
    assert page.status_code == 422 and words in errors_of(page, field), errors_of(page, field)
    assert page.soup.select_one("[name=lead]")["value"] == "Ce que je tapais" and count(Event) == 0


def test_an_hour_that_comes_twice_is_asked_again_in_words(team):
    night = TYPED | {"starts_on": "2027-11-07", "starts_hour": "1:30", "ends_on": "2027-11-07", "ends_hour": "3:00"}
    page = team.submit("/events/new", "form.form", **night)
    assert page.status_code == 422 and "vient deux fois" in errors_of(page, "starts_hour")
    assert "la seconde, à l’heure normale" in page.words and not page.soup.select("[name=ends_turn]")
    team.submit(page, "form.form", starts_turn="second")
    event = last(Event)
    assert f"{event.starts_at:%H:%M}" == "06:30" and f"{event.ends_at:%H:%M}" == "08:00"
    before = photo()
    team.submit(f"/events/{event.id}/edit", "form.form")
    assert photo() == before | {"attempts": photo()["attempts"]}


def test_a_start_in_the_past_asks_whether_it_was_already_held(team):
    past = TYPED | {"starts_on": "2026-12-01", "ends_on": "2026-12-01"}
    page = team.submit("/events/new", "form.form", **past)
    assert (
        page.status_code == 422 and "Elle a déjà eu lieu" in page.words and "est passée" in errors_of(page, "is_held")
    )
    page = team.submit(page, "form.form", is_held="y", follow=True)
    assert "personne n’est prévenu" in team.get(f"{page.request.path}/publication").words
    team.submit(f"{page.request.path}/publication", "form.form")
    assert not last(Event).takes_registrations


def test_an_hour_is_read_as_people_write_it(team):
    for typed in ("18 h 30", "18h30", "18:30", " 18 H 30 "):
        tamper(team, "/events/new", "form.form", **TYPED | {"starts_hour": typed})
        assert last(Event).starts_at == at("2027-02-18 18:30")


def test_rows_come_and_go_without_a_script_and_nothing_is_stored_meanwhile(team):
    page = team.submit("/events/new", "form.form", **TYPED | {"lines-0-text": "Accueil", "lines-0-hour": "18:00"})
    event = last(Event)
    page = team.submit(f"/events/{event.id}/edit", "form.form", button="add lines")
    assert page.status_code == 200 and page.soup.select_one("[name=lines-2-text]") and count(EventLine) == 1
    page = team.submit(page, "form.form", button="save", **{"lines-1-text": "Soupe", "lines-1-hour": "18:15"})
    assert count(EventLine) == 2
    page = team.submit(f"/events/{event.id}/edit", "form.form", button="raise lines 1")
    team.submit(page, "form.form", button="save")
    assert "Soupe" in team.get(f"/events/{event.id}").soup.select_one(".hours li").get_text()


def test_one_invites_for_the_communities_one_animates(team, make, sign_in):
    form = team.get("/events/new")
    assert [option["value"] for option in form.soup.select("[name=community] option")] == [str(make.room(HERE).id)]
    boss = sign_in(make.user(role="coordinator"))
    values = [option["value"] for option in boss.get("/events/new").soup.select("[name=community] option")]
    assert values[0] == "" and values[-1] == "region" and str(make.room(ELSEWHERE).id) in values
    assert tamper(team, "/events/new", "form.form", **TYPED | {"community": "region"}).status_code == 422
    boss.submit("/events/new", "form.form", **TYPED | {"community": "region"})
    assert last(Event).community_id is None


def test_two_colleagues_write_at_once_and_nothing_is_written_over_unseen(team, make, sign_in):
    event = event_in(make, room=make.room(HERE), lead="Un premier texte")
    mine, theirs = team.get(f"/events/{event.id}/edit"), sign_in(make.user(role="coordinator"))
    theirs.submit(f"/events/{event.id}/edit", "form.form", lead="Le leur")
    page = team.submit(mine, "form.form", languages="français", follow=True)
    assert "Le leur" in page.words and "entre-temps" in page.words
    mine = team.get(f"/events/{event.id}/edit")
    theirs.submit(f"/events/{event.id}/edit", "form.form", lead="Encore le leur")
    page = team.submit(mine, "form.form", lead="Le mien")
    assert page.status_code == 409 and "que garder" in page.words and again(event).lead == "Encore le leur"


def test_the_date_of_a_published_meeting_is_no_field_of_its_form(team, make):
    event = event_in(make, room=make.room(HERE))
    page = team.get(f"/events/{event.id}/edit")
    assert not page.soup.select("[name=starts_on], [name=community]") and "Déplacer" in page.words
    tamper(team, f"/events/{event.id}/edit", "form.form", starts_on="2027-05-05", starts_hour="10:00")
    assert again(event).starts_at == event.starts_at


def test_a_whole_form_sent_back_as_it_stands_changes_nothing(team, make):
    idea = make.idea(title="Trois heures d’auto pour huit heures de travail")
    whole = {
        "lead": "Du monde cherche un toit.",
        "body": "On s’écoute.",
        "mode": "hybrid",
        "place": "Bibliothèque",
        "territory": "70052",
        "directions": "Porte rouge.\nAutobus de 17 h 50.",
        "room_url": "https://salle.exemple.test/1",
        "languages": "français",
        "features": ["childcare", "step_free"],
        "note_childcare": "dès 2 ans",
        "capacity_in_person": "60",
        "opens_on": "2027-02-01",
        "opens_hour": "9:00",
        "reminder": "2",
        "asks_meal": "y",
        "issues": ["1"],
        "communities": [str(make.room(ELSEWHERE).id)],
        "territories": ["2"],
        "tags": "Logement, Emploi",
        "concerns": f"#{idea.id}",
        "lines-0-hour": "18:00",
        "lines-0-text": "Accueil",
        "documents-0-title": "Le portrait",
        "documents-0-url": "https://exemple.test/portrait.pdf",
        "organisations-0-name": "Un toit ici",
        "questions-0-label": "Comment venez-vous?",
        "questions-0-kind": "one",
        "questions-0-choices": "à pied; en auto",
        "questions-0-why": "Pour le covoiturage",
    }
    page = team.submit("/events/new", "form.form", **TYPED | whole)
    page = team.submit(page, "form.form")
    assert page.status_code == 303, page.words
    event = last(Event)
    for said in ("Le brouillon est gardé tel qu’il était : vous n’y avez rien changé.", "Rien n’a changé."):
        before = photo()
        page = team.submit(f"/events/{event.id}/edit", "form.form", follow=True)
        assert said in page.words.replace("\u00a0", " ")
        assert {name: rows for name, rows in photo().items() if rows != before[name]}.keys() <= {"attempts"}
        team.submit(f"/events/{event.id}/publication", "form.form") if event.is_draft else None
        event = again(event)


def test_two_questions_under_one_number_are_two_and_one_of_another_meeting_is_new(team, make):
    asked = {"kind": "line", "why": "Pour le trajet"}
    other = event_in(make)
    event = event_in(make, room=make.room(HERE))
    theirs, mine = (
        make.add(EventQuestion(event_id=one.id, label="D’où venez-vous?", **asked)) for one in (other, event)
    )
    rows = [("D’où venez-vous?", mine.id), ("Par quel autobus?", mine.id), ("Avec qui?", theirs.id)]
    typed = {
        f"questions-{n}-{cell}": value
        for n, (label, number) in enumerate(rows)
        for cell, value in {"id": str(number), "label": label, "choices": "", **asked}.items()
    }
    assert tamper(team, f"/events/{event.id}/edit", "form.form", **typed).status_code == 303
    stored = every(EventQuestion, EventQuestion.event_id == event.id)
    assert [one.label for one in stored] == [label for label, _number in rows] and stored[0].id == mine.id
    assert again(theirs).label == "D’où venez-vous?"


def test_the_organisations_that_all_may_know_of_are_suggested_beside_each_name_and_no_other(team, make, plans):
    shown, quiet = (make.add(Organisation(name=name, sort_key=name)) for name in ("grenier", "tablée"))
    make.user(organisation_id=shown.id, shows_organisation=True)
    make.user(organisation_id=quiet.id)
    plans.plan(action_of("Menée", lead="abri", partners=["grenier"]))
    page = team.get("/events/new").soup
    field = page.select_one("#organisations-0-name")
    assert [option["value"] for option in page.select(f"datalist#{field['list']} option")] == ["abri", "grenier"]


def folded(page):
    """Return what the summary of each folded part says, and of each unfolded one in capitals."""
    parts = page.soup.select("form.form > details.more")
    said = [part.summary.select_one(".help").get_text(strip=True) for part in parts]
    return [text.upper() if part.has_attr("open") else text for part, text in zip(parts, said, strict=True)]


def test_the_form_begins_with_what_one_has_to_give_and_each_folded_part_says_what_it_holds(team):
    page = team.get("/events/new")
    names = [one["name"] for one in page.soup.select("form.form [name]") if not one.find_parent("details")]
    seen = [name for name in dict.fromkeys(names) if name not in ("csrf_token", "form_key", "act", "seen")]
    assert seen == [*"title community starts_on starts_hour ends_on ends_hour mode territory place".split()]
    assert set(folded(page)) == {"Facultatif"}
    typed = TYPED | {"lead": "Venez", "languages": "français", "asks_meal": "y", "lines-0-text": "Accueil"}
    team.submit(page, "form.form", **typed, features=["quiet_room"], note_quiet_room="au fond")
    page = team.get(f"/events/{last(Event).id}/edit")
    assert [text.replace("\xa0", " ") for text in folded(page)] == [
        "Rempli : En une phrase",
        "Rempli : Pour y être bien, Langues parlées",
        "Rempli : Déroulement",
        "Rempli : Demander ce que la personne mange",
        "Facultatif",
    ]


@pytest.mark.parametrize(
    ("typed", "place"),
    [({"note_childcare": "dès 2 ans"}, 1), ({"lines-0-hour": "18:00"}, 2), ({"capacity_online": "0"}, 3)],
)
def test_what_is_refused_in_a_folded_part_unfolds_it_and_no_other(team, typed, place):
    page = team.submit("/events/new", "form.form", **TYPED | typed)
    assert page.status_code == 422 and [text.isupper() for text in folded(page)].index(True) == place
    assert sum(text.isupper() for text in folded(page)) == 1


def test_a_row_more_keeps_its_part_unfolded(team):
    page = team.submit("/events/new", "form.form", button="add documents", **TYPED)
    assert [text.isupper() for text in folded(page)] == [False, False, True, False, False]


def test_what_two_colleagues_wrote_unfolds_its_part(team, make, sign_in):
    event = event_in(make, room=make.room(HERE), lead="Un texte")
    mine, theirs = team.get(f"/events/{event.id}/edit"), sign_in(make.user(role="coordinator"))
    theirs.submit(f"/events/{event.id}/edit", "form.form", lead="Le leur")
    assert folded(team.submit(mine, "form.form", lead="Le mien"))[0].isupper()


def test_the_list_of_what_is_refused_is_in_the_order_of_the_page(team):
    typed = {
        "title": "",
        "note_meal": "une soupe",
        "place": "Une salle",
        "capacity_online": "0",
        "lines-0-hour": "8:00",
    }
    page = team.submit("/events/new", "form.form", **TYPED | typed | {"ends_hour": "", "tags": "a"})
    listed = [link["href"].removeprefix("#") for link in page.soup.select(".error-summary a")]
    there = [one["id"].removesuffix("-error") for one in page.soup.select("form.form [id$='-error']")]
    assert listed == there and len(listed) == 7


@pytest.mark.parametrize("lead", [HERE, None])
def test_a_draft_stays_with_who_leads_it_when_the_team_of_another_community_writes_it(make, sign_in, lead):
    ned = make.user("Ned Voisin")
    make.facilitator(ned, ELSEWHERE)
    room = make.room(lead) if lead else None
    lead_id, other = room.id if room else None, make.room(ELSEWHERE)
    event = event_in(make, room=room, communities=[other.id], status="draft")
    browser = sign_in(ned)
    answer = browser.submit(f"/events/{event.id}/edit", "form.form", lead="Ce qu’en dit l’autre équipe")
    assert answer.status_code == 303 and again(event).lead and again(event).community_id == lead_id
    assert again(event).other_ids == [other.id]
    page = browser.get(f"/events/{event.id}")
    assert not page.soup.select("a[href$='/clone']") and browser.get(f"/events/{event.id}/clone").status_code == 404
    browser.submit(f"/events/{event.id}/edit", "form.form", community=str(other.id))
    assert again(event).community_id == other.id, "both teams run it: who takes it over chooses to"
