"""What becomes of an idea heads its page for its author, for the visit in which they learn of it, and for nobody else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.communities.actors import actor_for
from app.core import clock as hours
from app.core.db import db
from app.core.unit import unit
from app.notifications.jobs import tell_followers
from app.notifications.models import Notice
from app.plan.queries import actions
from app.plan.service import links
from app.plan.service.bulletins import Completion
from tests.support.rows import again
from tests.support.world import HERE

WHY = "On commence avec douze personnes, et on regarde en mai si ça tient."
TITLES = {
    "under_review": "Votre idée est à l'étude.",
    "retained": "Oui : votre idée est retenue.",
    "declined": "La réponse est non, et voici pourquoi.",
}
ENGLISH = {
    "under_review": "Your idea is being looked into.",
    "retained": "Yes! We're taking your idea forward.",
    "declined": "The answer is no, and here's why.",
}


def plain(found):
    return re.sub(r"\s+", " ", found.get_text()).replace("’", "'").strip() if found else ""


def path_of(idea):
    return f"/ideas/{idea.id}-{idea.slug}"


def moment(browser, idea, lang=""):
    return browser.get(path_of(idea) + (f"?lang={lang}" if lang else "")).soup.select_one("#moment")


@pytest.fixture
def idea(make, author):
    return make.idea(author, HERE, title="Un bac à compost", published_at=hours.now() - timedelta(days=9))


def answer(team, idea, status):
    answered = team.submit(f"/ideas/{idea.id}/status", "main form", button="publish", status=status, reason=WHY)
    assert answered.status_code == 303


@pytest.mark.parametrize("status", TITLES)
def test_an_answer_heads_the_page_of_its_author_in_both_languages(status, idea, author, sign_in, team, visitor):
    browser = sign_in(author)
    assert moment(browser, idea) is None
    answer(team, idea, status)
    found = moment(browser, idea)
    assert plain(found.select_one(".title")) == TITLES[status] and WHY in plain(found)
    assert "L'équipe de Sécurité alimentaire" in plain(found)
    assert plain(moment(browser, idea, "en").select_one(".title")) == ENGLISH[status]
    assert bool(found.select("svg.dawn")) is (status != "declined")
    assert moment(visitor, idea) is None and moment(team, idea) is None


def test_it_is_gone_with_the_next_visit_after_the_notice_was_read(idea, author, sign_in, team, clock):
    browser = sign_in(author)
    answer(team, idea, "retained")
    clock.forward(days=3)
    assert moment(browser, idea) and moment(browser, idea)
    clock.forward(hours=1)
    assert moment(browser, idea) is None


def test_what_was_read_among_the_notices_before_is_not_shown_again(idea, author, sign_in, team, clock):
    answer(team, idea, "retained")
    with unit():
        db.session.execute(update(Notice).values(read_at=Notice.at))
    clock.forward(hours=1)
    assert moment(sign_in(author), idea) is None


def test_what_an_idea_has_left_behind_is_not_its_moment(idea, author, sign_in, team):
    answer(team, idea, "under_review"), answer(team, idea, "retained")
    assert plain(moment(sign_in(author), idea).select_one(".title")) == TITLES["retained"]


def test_over_a_no_come_the_reason_and_what_one_can_do(idea, author, sign_in, team):
    answer(team, idea, "declined")
    found = moment(sign_in(author), idea)
    parts = [part.name for part in found.find_all(["blockquote", "a"])]
    assert parts[0] == "blockquote" and len(parts) == 4
    assert {"#answer", "#comment-form", "/ideas/new"} == {link["href"] for link in found.select("a")}


def test_who_may_write_nothing_is_offered_nothing_to_write_over_a_no(make, idea, author, sign_in, team):
    answer(team, idea, "declined")
    make.restriction(author)
    found = moment(sign_in(author), idea)
    assert {link["href"] for link in found.select("a")} == {"#answer"}


def test_who_stays_out_of_one_community_may_write_elsewhere_over_a_no(make, idea, author, sign_in, team):
    answer(team, idea, "declined")
    make.restriction(author, HERE)
    found = moment(sign_in(author), idea)
    assert {link["href"] for link in found.select("a")} == {"#answer", "/ideas/new"}


def test_who_publishes_at_once_opens_at_the_moment(make, member):
    sent = member.submit(
        "/ideas/new",
        "main form",
        button="publish",
        title="Un bac à compost au marché",
        body="Le marché jette quatre poubelles de fanes chaque samedi.",
        community=str(make.room(HERE).id),
    )
    assert sent.headers["Location"].endswith("#moment")
    page = member.get(sent.headers["Location"])
    found = page.soup.select_one("#moment")
    assert plain(found.select_one(".title")) == "Votre idée prend la route." and not page.soup.select(
        "#flashes .notice"
    )
    assert "l'a lue" not in plain(found)


def test_what_a_team_published_says_that_it_read_it(make, newcomer, sign_in, team, clock):
    tomorrow = (hours.now() + timedelta(days=1)).astimezone(hours.ZONE)
    clock.at(tomorrow.replace(hour=19, minute=40).isoformat())
    idea = make.idea(newcomer, HERE, "pending", suspect="first")
    team.submit(path_of(idea), f"form[action$='{idea.id}/admission']")
    clock.forward(minutes=2)
    said = plain(moment(sign_in(newcomer), idea))
    assert "Votre idée prend la route. L'équipe de Sécurité alimentaire l'a lue et publiée à 19 h 40." in said
    assert "Les gens qui suivent Sécurité alimentaire en auront des nouvelles." in said


def test_the_page_of_notices_begins_with_good_news_and_with_no_sun_over_a_no(idea, author, sign_in, team):
    browser = sign_in(author)
    answer(team, idea, "retained")
    found = browser.get("/notifications").soup.select_one("#moment")
    assert plain(found.select_one(".title")) == TITLES["retained"] and idea.title in plain(found)
    assert found.select("svg.dawn") and found.a["href"] == path_of(idea)
    browser.get(path_of(idea))
    answer(team, idea, "declined")
    assert not browser.get("/notifications").soup.select("#moment")


def test_who_supports_it_sees_that_it_is_retained_and_nothing_before(make, idea, sign_in, team, clock):
    fan = make.user()
    make.vote(fan, idea)
    answer(team, idea, "under_review")
    tell_followers()
    assert moment(sign_in(fan), idea) is None
    answer(team, idea, "retained")
    tell_followers()
    assert plain(moment(sign_in(fan), idea).select_one(".title")) == "Oui : l'idée qui vous tient à cœur est retenue."


def test_the_plan_heads_the_page_of_the_author_and_the_result_that_of_who_supports_too(
    make, plans, idea, author, sign_in, team
):
    fan, action = make.user(), plans.action()
    make.vote(fan, idea)
    answer(team, idea, "retained")
    links.make(actor_for(plans.boss), again(idea), again(action), reason="Elle y répond")
    tell_followers()
    reader, supporter = sign_in(author), sign_in(fan)
    assert plain(moment(reader, idea).select_one(".title")) == "Votre idée est au plan."
    assert moment(supporter, idea) is None
    first, second = (Completion(one.id, hours.today(), "Vu") for one in actions.list_milestones(action.id))
    plans.say(again(action), state="underway"), plans.say(again(action), completions=[first])
    plans.say(again(action), "Douze personnes aidées en un an.", state="achieved", completions=[second])
    tell_followers()
    found = moment(reader, idea)
    assert re.fullmatch(r"Vous l'avez dit en \S+\. Le voici\.", plain(found.select_one(".title")))
    assert "Douze personnes aidées en un an." in plain(found) and found.select("svg.dawn")
    assert "You said it in" in plain(moment(reader, idea, "en"))
    assert plain(moment(supporter, idea)).startswith("Résultat L'idée qui vous tient à cœur a donné un résultat.")


def test_no_sun_stands_over_news_that_the_idea_left_behind(idea, author, sign_in, team):
    answer(team, idea, "retained"), answer(team, idea, "declined")
    assert not sign_in(author).get("/notifications").soup.select("#moment")


def test_what_goes_to_the_archives_is_not_said_to_be_refused(idea, author, sign_in, team):
    answer(team, idea, "archived")
    found = moment(sign_in(author), idea)
    assert plain(found.select_one(".title")) == "Votre idée est aux archives."
    assert WHY in plain(found) and not found.select("svg.dawn")
