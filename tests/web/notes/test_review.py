"""From notes to the road: a facilitator gives each line its place through the page, and everybody reads what it is."""

from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea
from app.notes.models import SessionNotes
from app.notifications.models import Notice
from tests.notes.published import line_in
from tests.support.accounts import enforce_limits
from tests.support.make_plan import action_of
from tests.support.world import HERE
from tests.web.notes.conftest import WORDS
from tests.web.notes.reviews import line_of, publish, put_aside


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
    panel = visitor.get(f"/ideas/{idea.id}", follow_redirects=True).soup.select_one("#journey")
    notes = f"/forums/{forum.id}/topics/{line_of(lines[0]).topic_id}/notes"
    assert "Dite au Forum ouvert" in panel.select_one(f"a[href='{notes}']").text
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


def test_what_is_missing_is_said_once(team, address, lines):
    page = team.submit(address, "form[action$='/idea']", community="")
    assert page.status_code == 422
    assert len(page.soup.select(".field:has(#community) .error")) == 1


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
    page = put_aside(team, address, *lines[:2])

    assert "2 lignes sont mises de côté" in page.words
    assert "Déjà fait en 2025" in visitor.get(f"/forums/{forum.id}/said").text
    assert [line_of(number).fate for number in lines] == ["aside", "aside", None]


def test_one_that_was_put_aside_is_taken_up_again(team, address, lines, room):
    put_aside(team, address, lines[0])

    publish(team, f"{address}?line={lines[0]}&become=new", room)

    assert line_of(lines[0]).fate == "new"


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


def test_the_page_of_the_session_says_what_each_line_is(team, address, lines, room, visitor, session, forum):
    publish(team, address, room, title="Une nuit de répit par mois")

    page = visitor.get(f"/forums/{forum.id}/topics/{session.id}/notes").soup.select_one("#lines").text

    assert "Devenue une idée" in page and "Une nuit de répit par mois" in page


def test_lines_of_a_session_are_joined_together_in_one_voice(team, address, lines, make, room):
    idea = make.idea(title="Une école ouverte le soir", community=room)
    form = "form[action$='/voice']:has([name=idea][type=text])"

    team.submit(f"{address}?become=joined", form, idea=str(idea.id), also=[str(lines[1])])

    comment = db.session.query(Comment).one()
    assert WORDS in comment.body and "Une maison où dormir une nuit" in comment.body
    assert [line_of(number).comment_id for number in lines] == [comment.id, comment.id, None]


def test_lines_that_are_linked_together_are_all_linked_or_none(team, karim, address, lines, plans):
    plan = plans.plan(action_of("Une demande unique", 1, community=HERE))
    action, form = plans.actions(plan)[0], "form[action$='/action']"
    keeper = plans.holder(action)
    opened = karim.get(f"{address}?become=linked&line={lines[2]}")
    put_aside(team, address, lines[0])

    page = karim.submit(opened, form, action=str(action.id), also=[str(lines[0]), str(lines[1])])

    assert page.status_code == 409 and "vient de donner sa place" in page.text
    assert [line_of(number).fate for number in lines] == ["aside", None, None]
    karim.submit(page, form, action=str(action.id), also=[str(lines[1])])
    assert [line_of(number).fate for number in lines] == ["aside", "linked", "linked"]
    assert [one.user_id for one in db.session.query(Notice).filter_by(kind="said.holder")] == [keeper.id]
