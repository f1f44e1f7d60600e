"""The button that follows each thing, what it says, where it leads back; and the page of all that one follows."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock
from app.ideas.models import Idea
from app.notifications import jobs
from app.notifications.models import Follow
from app.notifications.service import follows, settings
from app.notifications.topics import USUAL
from app.reference.models import Tag
from app.web.notices.immediate_mails import write_mails
from tests.support.follower_acts import actor, follow, look, say
from tests.support.make import idea_page
from tests.support.queries import costs_alike
from tests.support.rows import count
from tests.support.world import HERE


@pytest.fixture
def idea(make: Any, author: User) -> Idea:
    tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
    found: Idea = make.idea(author, HERE, kind="need", title="Vingt-deux kilomètres pour du lait", tags=[tag])
    return found


def levels(page: Any) -> list[str]:
    return [button["aria-pressed"] for button in page.soup.select("#follow button")]


def test_how_much_of_a_thread_is_followed_is_chosen_with_one_press(make: Any, sign_in: Any, idea: Idea) -> None:
    ana = make.user()
    browser, page = sign_in(ana), idea_page(idea)
    assert levels(browser.get(page)) == ["false", "false", "true"] and "Suivre" in browser.get(page).words
    for number, pressed, level in (
        (0, ["true", "false", "false"], "all"),
        (1, ["false", "true", "false"], "steps"),
        (2, ["false", "false", "true"], "none"),
    ):
        answer = browser.submit(page, f"#follow form:nth-of-type({number + 1})")
        assert answer.headers["Location"] == f"{page}#follow"
        assert levels(browser.get(page)) == pressed and look(ana, idea).level == level
    assert browser.forge(f"/ideas/{idea.id}/follow", data={"level": "none"}).status_code == 400


def test_travaux_have_the_button_too_and_what_is_out_of_sight_has_none(make: Any, sign_in: Any, fae: User) -> None:
    work = make.update(fae, HERE)
    browser, page = sign_in(fae), f"/communities/{HERE}/updates/{work.id}"
    assert "parce que vous l'avez écrit" in browser.get(page).words.replace("’", "'")
    assert browser.submit(page, "#follow form:nth-of-type(3)").headers["Location"] == f"{page}#follow"
    assert look(fae, work).level == "none"
    assert browser.submit(page, "#follow form:nth-of-type(1)").status_code == 303 and look(fae, work).level == "all"
    make.at(work, hidden_at=work.published_at, hidden_reason="non")
    assert not browser.get(page).soup.select("#follow")


@pytest.mark.parametrize("page", [f"/communities/{HERE}", "/tags/velo", "/issues/education", "/territories/70052"])
@pytest.mark.parametrize("role", ["member", "coordinator"])
def test_each_place_is_followed_and_left_with_one_press(
    make: Any, sign_in: Any, visitor: Any, idea: Idea, page: str, role: str
) -> None:
    browser = sign_in(make.user(role=role))
    link = visitor.get(page).soup.select_one("#follow a")
    assert link.get_text().strip() == "Suivre" and link["href"] == f"/login?next={page}%23follow"
    for label, rows in (("Suivre", 1), ("Suivi · ne plus suivre", 0)):
        assert browser.get(page).soup.select_one("#follow button").get_text().strip().replace("\xa0", " ") == label
        assert browser.submit(page, "#follow form").headers["Location"] == f"{page}#follow"
        assert count(Follow) == rows


def test_all_that_one_follows_stands_on_one_page_with_a_switch_and_its_cause(
    make: Any, sign_in: Any, idea: Idea, fae: User
) -> None:
    ana = make.user()
    browser = sign_in(ana)
    assert "Rien pour l'instant" in browser.get("/follows").words.replace("’", "'")
    for page in (f"/communities/{HERE}", "/tags/velo", "/issues/education", "/territories/70052"):
        browser.submit(page, "#follow form")
    make.comment(idea, ana), make.vote(ana, idea), make.vote(ana, make.idea(community=HERE))
    make.comment(make.update(fae, HERE), ana)
    page = browser.get("/follows")
    assert [len(section.select("li")) for section in page.soup.select("section.section")] == [1, 3, 3]
    words = page.words.replace("’", "'")
    assert all(
        cause in words for cause in ("vous l'avez choisi", "parce que vous y avez commenté", "parce que vous l'appuyez")
    )
    line = page.soup.select_one(f"#follow-thread-{idea.thread_id} form")
    answer = browser.submit(page, f"#follow-thread-{idea.thread_id} form")
    assert (
        line
        and answer.headers["Location"] == f"/follows#follow-thread-{idea.thread_id}"
        and look(ana, idea).level == "none"
    )
    browser.submit("/follows", f"#follow-thread-{idea.thread_id} form")
    assert look(ana, idea).level == "all"
    browser.submit("/follows", ".section form")
    assert count(Follow, Follow.kind == "community") == 0 and count(Follow) == 4


def test_the_page_costs_as_much_for_twenty_things_as_for_one_and_is_paged(make: Any, sign_in: Any, fae: User) -> None:
    ana = make.user()
    reader = actor(ana)

    def add(rounds: int) -> None:
        for _round in range(rounds):
            make.comment(make.idea(community=HERE), ana), make.vote(ana, make.idea(community=HERE))
            make.comment(make.update(fae, HERE), ana), follows.follow(reader, "community", make.community().id, "all")

    browser = sign_in(ana)
    costs_alike(add, (browser, "/follows"))
    page = browser.get("/follows")
    link = page.soup.select_one("a[href*='after=']")
    second = browser.get(link["href"])
    assert second.soup.select("li[id^=follow-thread]") and not second.soup.select("li[id^=follow-community]")


def test_what_one_follows_is_told_in_words_and_by_mail(
    make: Any, sign_in: Any, idea: Idea, clock: Any, outbox: Any
) -> None:
    ana = make.paces(make.user(), follow="now")
    settings.choose(
        actor(ana), paces=USUAL | {"follow": "now"}, weekday=4, paused_until=None, commented="all", supported="steps"
    )
    follow(ana, idea)
    say(make.user("Simon Ferland"), idea)
    jobs.tell_followers()
    page = sign_in(ana).get("/notifications")
    assert "Simon Ferland commente le besoin que vous suivez" in page.words and "Lire et répondre" in page.words
    clock.forward(minutes=11)
    write_mails()
    assert "commente le besoin que vous suivez" in outbox.to(ana.email)[-1].subject.replace("\xa0", " ")


def test_a_tag_out_of_sight_has_no_switch_that_would_lead_nowhere(make: Any, sign_in: Any, idea: Idea) -> None:
    browser = sign_in(make.user())
    browser.submit("/tags/velo", "#follow form")
    assert "Vélo" in browser.get("/follows").words
    make.at(idea, hidden_at=clock.now(), hidden_reason="hors du sujet")
    assert "Vélo" not in browser.get("/follows").words
