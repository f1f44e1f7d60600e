"""What became of what was said: who is told, who becomes its author, and what everybody reads of it today."""

from app.comments import moving
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.events.models.meetings import Event
from app.events.models.registrations import EventMail, Registrant
from app.forms import times
from app.forum.models import ForumGoing
from app.forum.queries.forums import get_arrangement
from app.ideas.models import Idea, StatusChange
from app.notes import publishing
from app.notes.models import ForumReview, NoteLine, PublishedLine, SessionNotes
from app.notifications.models import Notice
from app.web.events.place_mails import write_mails
from tests.forum.stored import place_in, topic_in
from tests.notes.published import line_in, publish_in
from tests.web.notes.conftest import WORDS
from tests.web.notes.reviews import line_of, publish, put_aside


def test_who_said_it_becomes_its_author_in_one_press(team, address, lines, room, writer, sign_in, forum, visitor):
    publish(team, address, room)
    denise = sign_in(writer)

    page = denise.submit(f"/forums/{forum.id}/said", "form[action$='/author']", follow=True)

    assert "C’est votre idée" in page.words
    db.session.rollback()
    assert db.session.query(Idea).one().author_id == writer.id
    assert not denise.get(f"/forums/{forum.id}/said").soup.select("form[action$='/author']")
    assert not visitor.get(f"/forums/{forum.id}/said").soup.select("form[action$='/author']")


def test_sessions_are_read_in_the_order_of_their_hours(team, address, lines, session, forum, make, visitor):
    hours = [one.id for one in get_arrangement(forum.id).slots if one.kind == "session"]
    make.at(session, slot_id=hours[1])
    for title, hour, room_id in (("La première", 0, session.room_id), ("La dernière", 1, session.room_id + 1)):
        other = topic_in(make, forum, title=title, slot_id=hours[hour], room_id=room_id, placed_by=forum.phase_by)
        publish_in(make, other)
        line_in(make, other, f"Dite à « {title} »")
    titles = ["La première", "Un autobus du soir", "La dernière"]
    said = visitor.get(f"/forums/{forum.id}/said").soup.select("main h2")
    assert [one.get_text(strip=True) for one in said] == titles
    menu = team.get(address).soup.select(".queues a > span:first-child")
    assert [one.get_text(strip=True) for one in menu] == titles


def test_who_copied_it_from_a_sheet_did_not_say_it(team, address, lines, room, make, writer, sign_in, forum):
    make.at(db.session.get_one(NoteLine, lines[0]), from_paper=True)
    publish(team, address, room)

    assert not sign_in(writer).get(f"/forums/{forum.id}/said").soup.select("form[action$='/author']")


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
    put_aside(team, address, *lines[1:])

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
    put_aside(team, address, *lines[1:])

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


def test_nothing_of_a_rehearsal_leads_elsewhere(team, make, address, lines, forum):
    make.at(db.session.get_one(Event, forum.id), status="draft")

    assert team.get(address).status_code == 404


def test_an_open_forum_does_not_end_its_review(team, address, lines, make, forum):
    make.at(forum, phase="convergence")
    put_aside(team, address, *lines)

    assert not team.get(address).soup.select("form[action$='/end']")


def test_who_ends_a_review_that_has_a_line_left_by_now_is_told_so(team, address, lines, make):
    put_aside(team, address, *lines)
    opened = team.get(address)
    make.at(db.session.get_one(PublishedLine, lines[0]), fate=None, reason="", review_by=None, review_at=None)

    page = team.submit(opened, "form[action$='/end']", follow=True)
    assert "Il reste des lignes sans place" in page.text
    assert not db.session.query(ForumReview).all()


def test_a_member_does_not_review(sign_in, writer, address, lines):
    assert sign_in(writer).get(address).status_code in (403, 404)


def test_an_idea_that_stopped_says_why(team, address, lines, room, make, visitor, forum):
    publish(team, address, room)
    idea = db.session.query(Idea).one()
    make.at(idea, status="declined")
    make.add(StatusChange(idea_id=idea.id, status="declined", reason="La région ne le peut pas."))

    assert "La région ne le peut pas." in visitor.get(f"/forums/{forum.id}/said").text


def test_what_is_published_again_leaves_a_line_that_has_its_place_as_it_was_said(team, address, lines, session, make):
    put_aside(team, address, lines[0])
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


def test_a_forum_of_which_nothing_is_published_ends_no_review(team, session, forum):
    team.forge(f"/forums/{forum.id}/review/end", data={})

    assert not db.session.query(ForumReview).all()
    assert not db.session.query(Notice).filter_by(kind="review.there").all()


def test_a_line_that_was_joined_leads_where_it_is_heard_now(
    team, address, lines, room, make, josiane, visitor, forum, writer
):
    idea, other = make.idea(josiane, room, title="Un répit la nuit"), make.idea(josiane, room, title="Un autre abri")
    team.submit(f"{address}?become=joined", "form.form[action$='/voice']", idea=str(idea.id))
    comment = db.session.query(Comment).one()
    said = f"/forums/{forum.id}/said"

    def leads_to():
        return visitor.get(visitor.get(said).soup.select_one(f"#line-{lines[0]} a")["href"], follow_redirects=True)

    assert WORDS in leads_to().text
    with unit():
        moving.graft(db.session.get_one(Comment, comment.id), other.thread_id)
    assert "Un autre abri" in visitor.get(said).text and "Un répit la nuit" not in visitor.get(said).text
    assert WORDS in leads_to().text
    make.at(db.session.get_one(Comment, comment.id), hidden_at=clock.now(), hidden_reason="Hors sujet")
    page = leads_to()
    assert page.status_code == 200 and "Un répit la nuit" in page.soup.h1.text
