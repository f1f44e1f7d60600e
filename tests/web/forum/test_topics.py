"""The wall of a forum: topics are pitched, changed, withdrawn, joined, wanted; the team copies the wall of the room."""

import pytest

from app.core import clock
from app.forum.models import ForumInterest, ForumTopic
from app.forum.queries.forums import get_arrangement
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.rows import again, count, every
from tests.support.world import HERE

PITCH = {"title": "Un autobus du soir", "why": "Après 18 h, on ne revient plus.\nMême du travail."}


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7, author_id=make.user().id)
    return forum_in(make, event=event)


@pytest.fixture
def mia(make):
    return make.user("Mia Membre")


@pytest.fixture
def member(forum, make, mia, sign_in):
    """A member who has a place."""
    place_in(make, forum, mia)
    return sign_in(mia)


def wall_of(page):
    return [slip.get_text(strip=True) for slip in page.soup.select("#wall .topic .title")]


def link(browser, page, label):
    return browser.get(next(one["href"] for one in page.soup.select("main a") if one.get_text(strip=True) == label))


def press(browser, page, start):
    """Press the button of a page whose words begin so, and read the page that comes."""
    form = next(
        one
        for one in page.soup.select("main form")
        if one.button and one.button.get_text(" ", strip=True).startswith(start)
    )
    return browser.submit(page, form, follow=True)


def test_a_member_with_a_place_pitches_a_topic_that_everybody_reads(member, forum, visitor):
    page = link(member, member.get(f"/forums/{forum.id}"), "Proposer un sujet")
    page = member.submit(page, "form.form", follow=True, **PITCH, wants_step_free="y")
    assert "Le sujet est au mur" in page.words and "sans marche" in page.words
    shown = visitor.get(f"/forums/{forum.id}")
    assert wall_of(shown) == ["Un autobus du soir"] and "Mia Membre" in shown.words
    assert "Même du travail." in visitor.get(page.request.path).words


def test_the_same_form_sent_twice_makes_one_topic_and_other_words_another(member, forum):
    page = member.get(f"/forums/{forum.id}/topics/new")
    for title in ("Un autobus du soir", "Un autobus du soir", "Un autobus du matin"):
        member.submit(page, "form.form", title=title)
    assert [topic.title for topic in every(ForumTopic)] == ["Un autobus du soir", "Un autobus du matin"]


def test_a_topic_that_is_too_short_is_given_back_as_it_was_typed(member, forum):
    page = member.submit(member.get(f"/forums/{forum.id}/topics/new"), "form.form", title="Bus", why="Parce que")
    assert page.status_code == 422 and page.soup.select_one("#why").text.strip() == "Parce que"
    assert count(ForumTopic) == 0


def test_all_that_is_to_be_corrected_in_a_topic_is_said_at_once(member, forum, mia, make):
    """The idea too, which is read after the other fields; when it is pitched and when it is changed."""
    topic = topic_in(make, forum, title="Un taxi partagé", author_id=mia.id)
    for end in ("new", f"{topic.id}/edit"):
        page = member.submit(f"/forums/{forum.id}/topics/{end}", "form.form", title="Bus", idea="#999999")
        assert page.status_code == 422
        assert [one["href"] for one in page.soup.select(".error-summary a")] == ["#title", "#idea"], end
        assert page.soup.select_one("#idea")["value"] == "#999999"


def test_who_has_no_place_is_told_to_take_one(forum, sign_in, make, visitor):
    for browser in (sign_in(make.user()), visitor):
        page = browser.get(f"/forums/{forum.id}")
        assert "prenez une place" in page.words and "Proposer un sujet" not in page.words
        page = browser.get(f"/forums/{forum.id}/topics/new")
        assert page.status_code == 404 and "avec une place à la rencontre" in page.words


def test_a_topic_comes_from_an_idea_that_its_host_may_read(member, forum, make, visitor):
    idea = make.idea(title="Un autobus après le souper")
    page = member.get(f"/forums/{forum.id}/topics/new?idea=%23{idea.id}")
    page = member.submit(page, "form.form", follow=True, **PITCH)
    assert "Un autobus après le souper" in visitor.get(page.request.path).words
    hidden = make.idea(title="Une idée masquée", hidden_at=clock.now(), hidden_reason="Une erreur")
    page = member.get(f"/forums/{forum.id}/topics/new")
    page = member.submit(page, "form.form", **PITCH | {"title": "Un autre sujet"}, idea=f"#{hidden.id}")
    assert page.status_code == 422 and "ne mène à aucune contribution" in page.words


def test_the_edit_form_sent_back_unchanged_changes_nothing(member, forum, make, mia):
    idea = make.idea()
    topic = topic_in(make, forum, author_id=mia.id, why="Ligne\n\nautre", idea_id=idea.id, wants_quiet=True)
    page = member.submit(member.get(f"/forums/{forum.id}/topics/{topic.id}/edit"), "form.form", follow=True)
    assert "Rien n’a changé" in page.words and again(topic).edited_at is None
    page = member.submit(member.get(f"/forums/{forum.id}/topics/{topic.id}/edit"), "form.form", title="Un autre titre")
    assert again(topic).title == "Un autre titre" and again(topic).idea_id == idea.id


def test_an_idea_that_its_host_reads_no_more_stays_where_their_topic_comes_from(member, forum, make, mia):
    idea = make.idea(hidden_at=clock.now(), hidden_reason="Une erreur")
    topic = topic_in(make, forum, author_id=mia.id, idea_id=idea.id)
    page = member.get(f"/forums/{forum.id}/topics/{topic.id}/edit")
    assert page.soup.select_one("#idea")["value"] == ""
    member.submit(page, "form.form", title="Un autre titre")
    assert again(topic).title == "Un autre titre" and again(topic).idea_id == idea.id


def test_once_placed_a_topic_is_changed_by_the_team_alone(member, team, forum, make, mia):
    topic = topic_in(make, forum, author_id=mia.id)
    shown = member.get(f"/forums/{forum.id}/topics/{topic.id}/edit")
    place(make, topic, forum)
    page = member.submit(shown, "form.form", title="Trop tard")
    assert page.status_code == 409 and page.soup.select_one("#title")["value"] == "Trop tard"
    assert "se change en le demandant" in member.get(f"/forums/{forum.id}/topics/{topic.id}").words
    team.submit(team.get(f"/forums/{forum.id}/topics/{topic.id}/edit"), "form.form", title="Par l'équipe")
    assert again(topic).title == "Par l'équipe"


def place(make, topic, forum):
    found = get_arrangement(forum.id)
    make.at(topic, slot_id=found.slots[1].id, room_id=found.rooms[0].id)


def test_a_withdrawn_topic_frees_its_room_and_stays_readable(member, forum, make, mia, visitor):
    topic = topic_in(make, forum, author_id=mia.id)
    place(make, topic, forum)
    page = link(member, member.get(f"/forums/{forum.id}/topics/{topic.id}"), "Le retirer du mur")
    page = member.submit(page, "form.form", follow=True)
    assert "n’est plus au mur" in page.words and again(topic).slot_id is None
    assert wall_of(visitor.get(f"/forums/{forum.id}")) == []
    assert "Ce sujet a été retiré" in visitor.get(f"/forums/{forum.id}/topics/{topic.id}").words


def test_interest_is_one_press_taken_back_the_same_way_and_counted_for_all(member, forum, make, visitor, clock):
    topic = topic_in(make, forum)
    page = press(member, member.get(f"/forums/{forum.id}"), "Ça m’intéresse")
    assert page.request.path == f"/forums/{forum.id}" and "Dans mes intérêts" in page.words
    assert "1 personne" in visitor.get(f"/forums/{forum.id}").words
    clock.forward(seconds=6)
    page = press(member, member.get(f"/forums/{forum.id}/topics/{topic.id}"), "Dans mes intérêts")
    assert "Ce n’est plus dans vos intérêts" in page.words
    assert again(topic).interest_count == 0 and count(ForumInterest) == 0


def test_who_presses_reads_the_number_with_their_press_at_once_and_the_public_some_seconds_later(
    member, forum, make, visitor
):
    topic, other = (topic_in(make, forum, title=title, hands=2) for title in ("Un taxi partagé", "Un autobus du soir"))
    pages = [member.get(f"/forums/{forum.id}/topics/{one.id}") for one in (other, topic)]
    press(member, press(member, pages[0], "Ça m’intéresse"), "Dans mes intérêts")
    page = press(member, pages[1], "Ça m’intéresse")
    wall = member.get(f"/forums/{forum.id}")
    assert "3 personnes sont intéressées" in page.words and read_people(wall, topic) == "3 personnes"
    assert read_people(wall, other) == "2 personnes"
    wall = visitor.get(f"/forums/{forum.id}")
    assert (read_people(wall, topic), read_people(wall, other)) == ("2 personnes", "3 personnes")


def read_people(wall, topic):
    return wall.soup.select_one(f"#topic-{topic.id} .foot .facts span").text.replace("\u00a0", " ")


def test_one_is_not_interested_in_ones_own_topic_nor_in_one_withdrawn_meanwhile(member, forum, make, mia):
    mine, other = topic_in(make, forum, author_id=mia.id), topic_in(make, forum, title="Un potager d'hiver")
    page = member.get(f"/forums/{forum.id}")
    assert [slip["id"] for slip in page.soup.select(".topic:has(.interest)")] == [f"topic-{other.id}"]
    make.at(other, state="withdrawn")
    assert "n’est plus au mur" in press(member, page, "Ça m’intéresse").words
    assert count(ForumInterest) == 0 and mine.id


def test_a_new_account_that_is_not_there_yet_waits_for_the_team(forum, make, newcomer, sign_in, team, visitor):
    place_in(make, forum, newcomer)
    browser = sign_in(newcomer)
    page = browser.submit(browser.get(f"/forums/{forum.id}/topics/new"), "form.form", follow=True, **PITCH)
    assert "L’équipe le met au mur" in page.words
    address = page.request.path
    assert visitor.get(address).status_code == 404 and wall_of(visitor.get(f"/forums/{forum.id}")) == []
    assert wall_of(team.get(f"/forums/{forum.id}")) == ["Un autobus du soir"]
    assert "Le sujet est au mur" in press(team, team.get(address), "Mettre au mur").words
    assert wall_of(visitor.get(f"/forums/{forum.id}")) == ["Un autobus du soir"]


def test_the_team_counts_hands_and_joins_topics(team, forum, make, visitor):
    topic, other = topic_in(make, forum, interest_count=3), topic_in(make, forum, title="Un taxi partagé")
    address = f"/forums/{forum.id}/topics/{topic.id}"
    page = team.submit(team.get(address), "#raised form", follow=True, hands="6")
    assert "9 personnes" in page.words and "6 mains levées" in page.words
    page = team.submit(team.get(address), "#raised form", hands="beaucoup")
    assert page.status_code == 422 and page.soup.select_one("#raised input[name=hands]")["value"] == "beaucoup"
    page = team.submit(
        link(team, team.get(address), "Le joindre à un autre"), "form.form", topic=str(other.id), follow=True
    )
    assert "joint à l’autre" in page.words
    assert wall_of(visitor.get(f"/forums/{forum.id}")) == ["Un taxi partagé"]
    assert "Un taxi partagé" in visitor.get(address).words


def test_the_team_writes_for_somebody_by_their_name(team, forum, visitor):
    page = team.get(f"/forums/{forum.id}/topics/new")
    team.submit(page, "form.form", **PITCH, host_name="Ginette, à l'accueil")
    assert "Ginette, à l'accueil" in visitor.get(f"/forums/{forum.id}").words


def test_the_wall_of_the_room_is_copied_line_by_line(team, forum, visitor):
    page = link(team, team.get(f"/forums/{forum.id}"), "Recopier le mur")
    lines = "Un autobus du soir; Ginette; Salle 1; 10 h\nUn potager d'hiver\n\nUn taxi partagé; Luc; Salle 2; 10h00"
    page = team.submit(page, "form.form", follow=True, lines=lines)
    assert "3 sujets sont au mur" in page.words
    shown = visitor.get(f"/forums/{forum.id}")
    assert len(wall_of(shown)) == 3 and "10 h, Salle 1" in shown.words.replace("\u00a0", " ")


def test_a_wall_with_a_bad_line_is_refused_line_by_line_and_nothing_is_written(team, forum):
    lines = "Bus\nUn sujet; Luc; Salle 9; 10 h\nUn autre; Luc; Salle 1; 7 h\nUn dernier; Luc; Salle 1"
    page = team.submit(team.get(f"/forums/{forum.id}/wall"), "form.form", lines=lines)
    assert page.status_code == 422 and page.soup.select_one("#lines").text.strip() == lines
    said = ("Ligne 1", "Ligne 2 : aucune salle", "Ligne 3 : aucune séance", "Ligne 4 : écrivez la salle")
    for words in (*said, "Les salles sont : Salle 1, Salle 2.", "Les séances commencent à : 10 h, 11 h."):
        assert words in page.words.replace("\u00a0", " ")
    lines = "Un sujet; Luc; Salle 1; 10 h\nUn autre; Léa; Salle 1; 10 h"
    page = team.submit(team.get(f"/forums/{forum.id}/wall"), "form.form", lines=lines)
    assert page.status_code == 422 and "Ligne 2 : cette salle a déjà" in page.words.replace("\u00a0", " ")
    assert count(ForumTopic) == 0


def test_the_wall_is_copied_into_a_room_whose_topic_is_out_of_sight(team, forum, make):
    hidden = topic_in(make, forum, title="Un sujet masqué", hidden_at=clock.now(), hidden_reason="Une erreur")
    place(make, hidden, forum)
    lines = "Un autobus du soir; Ginette; Salle 1; 10 h"
    page = team.submit(team.get(f"/forums/{forum.id}/wall"), "form.form", follow=True, lines=lines)
    assert "1 sujet est au mur" in page.words and again(hidden).slot_id is None


def test_somebody_offers_to_hold_a_topic_and_its_host_accepts_in_one_press(member, forum, make, sign_in, visitor):
    ana = make.user("Ana Auteure")
    topic = topic_in(make, forum, author_id=ana.id, registration_id=place_in(make, forum, ana).id)
    address = f"/forums/{forum.id}/topics/{topic.id}"
    assert "la réponse viendra ici" in press(member, member.get(address), "Offrir de l’animer").words
    assert "Mia Membre" not in visitor.get(address).words
    host = sign_in(ana)
    assert "ensemble" in press(host, host.get(address), "Accepter").words
    assert "Avec Mia Membre" in visitor.get(address).words
    assert "Vous ne coanimez pas" in press(member, member.get(address), "Ne plus le coanimer").words
    assert "Mia Membre" not in visitor.get(address).words


def test_what_nobody_let_onto_the_wall_is_read_by_nobody_once_its_host_withdraws_it(
    forum, make, newcomer, sign_in, visitor
):
    place_in(make, forum, newcomer)
    browser = sign_in(newcomer)
    page = browser.submit(browser.get(f"/forums/{forum.id}/topics/new"), "form.form", follow=True, **PITCH)
    address = page.request.path
    page = browser.submit(browser.get(f"{address}/withdrawal"), "form.form", follow=True)
    assert page.status_code == 200 and "n’est plus au mur" in page.words
    assert visitor.get(address).status_code == 404


def test_a_new_account_that_is_not_there_yet_waits_for_the_team_with_what_they_change_too(
    forum, make, newcomer, sign_in, team, visitor
):
    place = place_in(make, forum, newcomer)
    topic = topic_in(make, forum, author_id=newcomer.id, registration_id=place.id)
    browser, address = sign_in(newcomer), f"/forums/{forum.id}/topics/{topic.id}"
    browser.submit(browser.get(f"{address}/edit"), "form.form")
    assert again(topic).state == "open"
    page = browser.submit(browser.get(f"{address}/edit"), "form.form", follow=True, title="Achetez mes pilules")
    assert "L’équipe le met au mur" in page.words
    assert visitor.get(address).status_code == 404 and again(topic).state == "waiting"
    assert "Le sujet est au mur" in press(team, team.get(address), "Mettre au mur").words
