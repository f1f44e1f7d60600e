"""From notes to the road: a facilitator gives each line its place through the page, and everybody reads what it is."""

import pytest

from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.events.models.meetings import Event
from app.events.models.registrations import EventMail, Registrant
from app.forms import times
from app.forum.models import Forum, ForumGoing
from app.forum.queries.forums import get_arrangement
from app.ideas.models import Idea, StatusChange
from app.notes import publishing
from app.notes.models import NoteLine, PublishedLine, PublishedNotes, SessionNotes
from app.notifications.models import Notice
from app.web.events.place_mails import write_mails
from tests.forum.stored import place_in, topic_in
from tests.notes.published import line_in
from tests.notes.stored import session_in
from tests.support.accounts import enforce_limits
from tests.support.make_plan import action_of
from tests.support.world import HERE

WORDS = "Que les aidants de nuit aient droit au même répit que ceux de jour"


@pytest.fixture
def session(make):
    topic = session_in(make)
    make.at(db.session.get_one(Forum, topic.forum_id), phase="closed", phase_at=clock.now())
    return topic


@pytest.fixture
def forum(session):
    return db.session.get_one(Forum, session.forum_id)


@pytest.fixture
def address(forum):
    return f"/forums/{forum.id}/review"


@pytest.fixture
def writer(make):
    return make.user("Denise Marguerite")


@pytest.fixture
def lines(make, session, writer):
    make.add(SessionNotes(topic_id=session.id, people_count=34))
    make.add(PublishedNotes(topic_id=session.id, people_count=34))
    found = []
    for kind, text in (("need", WORDS), ("idea", "Une maison où dormir une nuit"), ("action", "Écrire une lettre")):
        line = make.add(NoteLine(topic_id=session.id, kind=kind, text=text, user_id=writer.id, sent_as=text))
        found.append(
            make.add(PublishedLine(id=line.id, topic_id=session.id, position=len(found), kind=kind, text=text))
        )
    return [line.id for line in found]


@pytest.fixture
def room(make):
    return make.room(HERE)


@pytest.fixture
def josiane(make):
    return make.user("Josiane Bouleau", role="coordinator")


@pytest.fixture
def team(josiane, sign_in):
    return sign_in(josiane)


@pytest.fixture
def karim(make, sign_in):
    return sign_in(make.user("Karim Bouleau", role="coordinator"))


def line_of(number):
    db.session.rollback()
    return db.session.get_one(PublishedLine, number)


def publish(browser, page, room, **typed):
    return browser.submit(page, "form[action$='/idea']", follow=True, **({"community": str(room.id)} | typed))


def test_a_line_becomes_an_idea_of_who_publishes_it_with_its_session_beside(team, address, lines, room, visitor, forum):
    page = publish(team, address, room, title="Une nuit de répit par mois pour qui prend soin")

    assert "Publiée" in page.text
    idea = db.session.query(Idea).one()
    assert (idea.title, idea.kind, idea.author_id) == (
        "Une nuit de répit par mois pour qui prend soin",
        "need",
        line_of(lines[0]).review_by,
    )
    assert WORDS in idea.body and "34 personnes" in idea.body and "Un autobus du soir" in idea.body
    journey = visitor.get(f"/ideas/{idea.id}/journey").soup.select("li.journey-step")
    assert "Dite au Forum ouvert" in journey[0].text
    said = visitor.get(f"/forums/{forum.id}/said").soup.select_one(f"#line-{lines[0]}").text
    assert "Devenue une idée" in said and idea.title in said and "Proposition" in said


def test_the_first_to_give_a_line_its_place_has_it_and_the_other_loses_nothing(team, karim, address, lines, room):
    opened = karim.get(address)
    publish(team, address, room)

    page = publish(karim, opened, room, title="Le titre que Karim écrivait")

    assert page.status_code == 409
    assert "vient de donner sa place" in page.text
    assert "Le titre que Karim écrivait" in page.soup.select_one("main .notice").text
    assert page.soup.select_one("input[name=title]")["value"] == "Une maison où dormir une nuit"
    assert db.session.query(Idea).count() == 1
    assert "Josiane Bouleau s’occupe de" in karim.get(address).words


def test_the_same_press_sent_twice_makes_one_idea(team, address, lines, room):
    opened = team.get(address)
    publish(team, opened, room)

    page = publish(team, opened, room)

    assert page.status_code == 200
    assert db.session.query(Idea).count() == 1


def test_a_line_is_joined_to_an_idea_near_it_in_one_press(team, address, lines, make, room):
    idea = make.idea(title="Que les aidants de nuit aient un répit", community=room)
    page = team.get(f"{address}?become=joined")
    assert idea.title in page.soup.select_one(".near").text

    page = team.submit(page, f"form:has(input[name=idea][value='{idea.id}'])", follow=True)

    assert "paraît sous cette idée" in page.text
    comment = db.session.query(Comment).one()
    assert WORDS in comment.body and "séance «\xa0Un autobus du soir\xa0»" in comment.body
    line = line_of(lines[0])
    assert (line.fate, line.idea_id, line.comment_id) == ("joined", idea.id, comment.id)


def test_a_line_is_offered_to_an_idea_by_its_address(team, address, lines, make, room):
    idea = make.idea(title="Une école ouverte le soir", community=room)

    team.submit(
        f"{address}?become=offered", "form[action$='/offer']:has([name=idea][type=text])", idea=f"/ideas/{idea.id}"
    )

    assert db.session.query(Comment).one().intent == "offer"
    assert line_of(lines[0]).fate == "offered"


def test_an_idea_that_is_not_there_is_refused_in_words(team, address, lines):
    page = team.submit(f"{address}?become=joined", "form[action$='/voice']:has([name=idea][type=text])", idea="999999")

    assert page.status_code == 422
    assert "Choisissez une idée" in page.text
    assert page.soup.select_one("input[name=idea][type=text]")["value"] == "999999"


def test_a_line_linked_to_an_action_tells_who_keeps_it(team, address, lines, plans, visitor, forum):
    plan = plans.plan(action_of("Une demande unique", 1, community=HERE))
    action = plans.actions(plan)[0]
    keeper = plans.holder(action)

    team.submit(f"{address}?become=linked", "form[action$='/action']", action=str(action.id))

    assert line_of(lines[0]).action_id == action.id
    told = db.session.query(Notice).filter_by(kind="said.holder").one()
    assert (told.user_id, told.action_id) == (keeper.id, action.id)
    said = visitor.get(f"/forums/{forum.id}/said").soup.select_one(f"#line-{lines[0]}").text
    assert "Reliée à une action" in said and "Une demande unique" in said


def test_several_are_put_aside_at_once_with_a_reason_that_everybody_reads(team, address, lines, visitor, forum):
    page = team.submit(
        address,
        "form[action*='/aside']",
        lines=[str(number) for number in lines[:2]],
        reason="Déjà fait en 2025",
        follow=True,
    )

    assert "2 lignes sont mises de côté" in page.words
    assert "Déjà fait en 2025" in visitor.get(f"/forums/{forum.id}/said").text
    assert [line_of(number).fate for number in lines] == ["aside", "aside", None]


def test_one_that_was_put_aside_is_taken_up_again(team, address, lines, room):
    team.submit(address, "form[action*='/aside']", lines=[str(lines[0])], reason="Déjà fait en 2025")

    publish(team, f"{address}?line={lines[0]}&become=new", room)

    assert line_of(lines[0]).fate == "new"


def test_who_said_it_becomes_its_author_in_one_press(team, address, lines, room, writer, sign_in, forum, visitor):
    publish(team, address, room)
    denise = sign_in(writer)

    page = denise.submit(f"/forums/{forum.id}/said", "form[action$='/author']", follow=True)

    assert "C’est votre idée" in page.words
    db.session.rollback()
    assert db.session.query(Idea).one().author_id == writer.id
    assert not denise.get(f"/forums/{forum.id}/said").soup.select("form[action$='/author']")
    assert not visitor.get(f"/forums/{forum.id}/said").soup.select("form[action$='/author']")


def test_an_idea_of_a_private_community_is_not_named_to_others(team, address, lines, make, visitor, forum):
    private = make.community(is_private=True)
    publish(team, address, private, title="Un titre pour nous seulement")

    page = visitor.get(f"/forums/{forum.id}/said")

    assert "Un titre pour nous" not in page.text
    assert "qui ne se lit pas ici" in page.text


def test_the_end_tells_once_those_who_were_there(team, josiane, address, lines, room, make, forum, writer, visitor):
    place_in(make, forum, writer, arrived_at=clock.now())
    place_in(make, forum, make.user("Yvon Quiscale"))
    guest = make.add(Registrant(event_id=forum.id, name="Maude", email="maude@exemple.test"))
    there = place_in(make, forum, registrant_id=guest.id, arrived_at=clock.now())
    gone = make.add(Registrant(event_id=forum.id, name="", email=None))
    place_in(make, forum, registrant_id=gone.id, arrived_at=clock.now())
    publish(team, address, room)
    assert not team.get(address).soup.select("form[action$='/end']")
    team.submit(
        address, "form[action*='/aside']", lines=[str(number) for number in lines[1:]], reason="Déjà fait en 2025"
    )

    opened = team.get(address)
    page = team.submit(opened, "form[action$='/end']", follow=True)
    team.submit(opened, "form[action$='/end']")

    assert "avisés" in page.text
    told = db.session.query(Notice).filter_by(kind="review.there").all()
    assert [(one.user_id, one.facts["count"]) for one in told] == [(writer.id, 1)]
    mails = db.session.query(EventMail).filter_by(kind="reviewed").all()
    assert [one.registration_id for one in mails] == [there.id]


def test_each_is_told_what_became_of_the_sessions_where_they_were(
    team, address, lines, room, make, forum, session, writer, josiane, sign_in, outbox
):
    event, there = db.session.get_one(Event, forum.id), get_arrangement(forum.id)
    cell = {"slot_id": there.slots[2].id, "room_id": there.rooms[0].id, "placed_by": forum.phase_by}
    other = topic_in(make, forum, title="Le 15 du mois", **cell)
    make.add(SessionNotes(topic_id=other.id))
    line_in(
        make,
        other,
        "Un fonds de dépannage",
        fate="aside",
        reason="Déjà fait",
        review_by=josiane.id,
        review_at=clock.now(),
    )
    at_first, at_both, at_other, all_day = (make.user(name) for name in ("Ana", "Bea", "Cam", "Dan"))
    for person, topics in ((at_first, [session]), (at_both, [session, other]), (at_other, [other]), (all_day, [])):
        place = place_in(make, forum, person, arrived_at=clock.now() if person is all_day else None)
        for topic in topics:
            make.add(ForumGoing(registration_id=place.id, slot_id=topic.slot_id, topic_id=topic.id))
    guest = make.add(Registrant(event_id=forum.id, name="Maude", email="maude@exemple.test"))
    held = place_in(make, forum, registrant_id=guest.id)
    make.at(session, author_id=None, host_name="Maude", registration_id=held.id)
    place_in(make, forum, make.user("Absente"))
    publish(team, address, room)
    team.submit(address, "form[action*='/aside']", lines=[str(one) for one in lines[1:]], reason="Déjà fait en 2025")

    team.submit(address, "form[action$='/end']")

    hour = times.hour(there.slots[1].starts_at(event)).replace("\xa0", " ")
    told = {one.user_id: one.facts for one in db.session.query(Notice).filter_by(kind="review.there")}
    at = {"starts_at": there.slots[1].starts_at(event).isoformat()}
    assert told == {
        at_first.id: {"count": 1, "sessions": 1} | at,
        at_both.id: {"count": 1, "sessions": 1},
        at_other.id: {"count": 0, "sessions": 1, "starts_at": there.slots[2].starts_at(event).isoformat()},
        all_day.id: {"count": 1, "sessions": 0},
    }
    notices = sign_in(at_first).get("/notifications").words
    assert f"Ce qui s’est dit à {hour} est devenu 1 idée" in notices.replace("\xa0", " ")
    write_mails()
    [letter] = outbox.to("maude@exemple.test")
    assert "Ce qui s’est dit à" in letter.text and "est devenu 1 idée." in letter.text


def test_joining_is_paced_as_what_is_typed_after_a_meeting(team, make, session, forum, room, josiane, app):
    make.add(SessionNotes(topic_id=session.id))
    idea, address = make.idea(community=room), f"/forums/{forum.id}/review?become=joined"
    for n in range(20):
        line_in(make, session, f"Une chose que l'on dit, la {n}")

    with enforce_limits(app):
        for _n in range(20):
            page = team.submit(address, "form[action$='/voice']:has([name=idea][type=text])", idea=str(idea.id))
            assert page.status_code == 303

    assert db.session.query(Comment).count() == 20


def test_nothing_of_a_rehearsal_leads_elsewhere(team, make, address, lines, forum):
    make.at(db.session.get_one(Event, forum.id), status="draft")

    assert team.get(address).status_code == 404


def test_an_open_forum_does_not_end_its_review(team, address, lines, make, forum):
    make.at(forum, phase="convergence")
    team.submit(address, "form[action*='/aside']", lines=[str(number) for number in lines], reason="Déjà fait en 2025")

    assert not team.get(address).soup.select("form[action$='/end']")


def test_a_member_does_not_review(sign_in, writer, address, lines):
    assert sign_in(writer).get(address).status_code in (403, 404)


def test_the_page_of_the_session_says_what_each_line_is(team, address, lines, room, visitor, session, forum):
    publish(team, address, room, title="Une nuit de répit par mois")

    page = visitor.get(f"/forums/{forum.id}/topics/{session.id}/notes").soup.select_one("#lines").text

    assert "Devenue une idée" in page and "Une nuit de répit par mois" in page


def test_the_desk_leads_to_a_closed_forum_until_each_line_has_its_place(team, address, lines, forum):
    page = team.get("/moderation?queue=said")
    assert page.soup.select_one(f"a[href='{address}']")

    team.submit(address, "form[action*='/aside']", lines=[str(number) for number in lines], reason="Déjà fait en 2025")

    assert not team.get("/moderation?queue=said").soup.select(f"a[href='{address}']")


def test_an_idea_that_stopped_says_why(team, address, lines, room, make, visitor, forum):
    publish(team, address, room)
    idea = db.session.query(Idea).one()
    make.at(idea, status="declined")
    make.add(StatusChange(idea_id=idea.id, status="declined", reason="La région ne le peut pas."))

    assert "La région ne le peut pas." in visitor.get(f"/forums/{forum.id}/said").text


def test_what_is_published_again_leaves_a_line_that_has_its_place_as_it_was_said(team, address, lines, session, make):
    team.submit(address, "form[action*='/aside']", lines=[str(lines[0])], reason="Déjà fait en 2025")
    first = db.session.get_one(NoteLine, lines[0])
    make.add(
        NoteLine(
            topic_id=session.id, kind="need", text="Autre chose", replaces_id=first.id, first_id=first.id, sent_as="x"
        )
    )

    with unit():
        publishing.copy(session.id, None)

    line = line_of(lines[0])
    assert (line.text, line.fate) == (WORDS, "aside")
