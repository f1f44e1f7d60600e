"""What people read of the plan in their notices and mails: their own idea first, in their language; and how they follow an action."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock as time
from app.core.signals import tell
from app.core.unit import unit
from app.ideas.models import Idea
from app.notifications import jobs
from app.notifications.models import Notice
from app.notifications.service import settings
from app.notifications.topics import USUAL
from app.plan.models.structure import Action
from app.plan.queries import actions
from app.plan.service import links
from app.plan.service.bulletins import Completion
from app.plan.signals import LinkAnswered, LinkEnded, LinkProposed
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.follower_acts import actor, follow, look, say
from tests.support.make_plan import MakePlan
from tests.support.queries import costs_alike
from tests.support.rows import again, last
from tests.support.world import HERE

TITLE = "Vingt-deux kilomètres pour du lait"


@pytest.fixture
def need(make: Any, author: User, clock: Any) -> Idea:
    clock.at("2026-11-20T12:00")
    found: Idea = make.idea(author, HERE, kind="need", title=TITLE)
    clock.at("2027-02-02T12:00")
    return found


@pytest.fixture
def action(plans: MakePlan, need: Idea) -> Action:
    found = plans.action("Une tournée d'épicerie")
    plans.link(found, need)
    return found


def first_words(browser: Any) -> str:
    """Return the words of the newest notice."""
    jobs.tell_followers()
    line = browser.get("/notifications").soup.select_one(".notices li li")
    return " ".join(line.get_text(" ").split()).replace("\xa0", " ").replace("\u202f", " ").replace("’", "'")


def test_each_step_of_an_action_is_said_in_words_that_begin_with_the_readers_own_idea(
    make: Any, plans: MakePlan, author: User, action: Action, sign_in: Any, clock: Any
) -> None:
    browser, (first, second) = sign_in(author), actions.list_milestones(action.id)
    today = time.today()
    for words, expected in (
        ({"body": "Le camion est là."}, "voici où elle en est « Le camion est là. »"),
        ({"body": "La neige.", "blocker": "La route"}, "un obstacle la retient"),
        ({"body": "Parti!", "completions": [Completion(first.id, today, "Vu")]}, "l'action commence"),
        ({"body": "Fait.", "completions": [Completion(second.id, today, "Vu")]}, "un jalon est franchi, « Jalon 2 »"),
        ({"body": "Oups.", "reopened": [first.id, second.id]}, "voici où elle en est"),
        (
            {"body": "Deux.", "completions": [Completion(one.id, today, "Vu") for one in (first, second)]},
            "2 jalons sont franchis",
        ),
        ({"body": "Réussi.", "state": "achieved"}, "l'action est réalisée"),
        ({"body": "Encore.", "state": "underway"}, "l'action reprend"),
        ({"body": "Plus tard.", "state": "planned"}, "l'action est remise à plus tard"),
        ({"body": "Faute de camion.", "state": "dropped"}, "l'action est abandonnée Motif : Faute de camion."),
    ):
        clock.forward(hours=1)
        plans.say(again(action), **words)
        found = first_words(browser)
        assert f"Votre besoin de novembre a mené à « Une tournée d'épicerie » : {expected}" in found, found
    bulletin = last(Notice).bulletin_id
    page = browser.get("/notifications")
    assert page.soup.select_one(".notices h2").get_text() == TITLE and "parce que c’est votre besoin" in page.text
    assert (
        page.soup.select_one(".notices li li a")["href"]
        == f"/plan/actions/{action.id}?before={bulletin + 1}#bulletin-{bulletin}"
    )


@pytest.mark.parametrize(
    ("kind", "language", "now", "sentence"),
    [
        (
            "need",
            "fr",
            "2028-04-06T12:00",
            "Le besoin d'avril 2027 que vous avez appuyé a mené à « Un autobus » : voici où elle en est",
        ),
        (
            "aspiration",
            "en",
            "2027-07-06T12:00",
            "The aspiration from April that you supported led to “Un autobus”: here is where it stands",
        ),
    ],
)
def test_a_supporter_reads_which_idea_it_was_by_mail_too_in_their_language(
    make: Any, plans: MakePlan, outbox: Any, clock: Any, kind: str, language: str, now: str, sentence: str
) -> None:
    clock.at("2027-04-06T12:00")
    idea, fan = make.idea(community=HERE, kind=kind, title=TITLE), make.paces(make.user(locale=language), follow="now")
    make.vote(fan, idea)
    clock.at(now)
    action = plans.action("Un autobus")
    plans.link(action, idea)
    plans.say(action, "Le **contrat** est signé.")
    jobs.tell_followers()
    clock.forward(minutes=11)
    write_mails()
    mail = outbox.to(fan.email)[-1]
    plain = [
        " ".join(text.split()).replace("\xa0", " ").replace("\u202f", " ").replace("’", "'").replace("&#39;", "'")
        for text in (mail.subject, mail.text, mail.html)
    ]
    assert all(sentence in text for text in plain)
    assert all(
        TITLE in text and "Le contrat est signé." in text and f"/plan/actions/{action.id}" in text for text in plain[1:]
    )


def test_the_summary_puts_the_chain_first_and_leads_to_the_action(
    make: Any, plans: MakePlan, need: Idea, action: Action, outbox: Any, clock: Any
) -> None:
    fan = make.paces(make.user(), follow="daily")
    make.vote(fan, need), follow(fan, other := make.idea(community=HERE, title="Un jardin"))
    say(make.user(), other), plans.say(action)
    jobs.tell_followers()
    clock.at("2027-02-03T13:00")
    write_summaries()
    mail = outbox.to(fan.email)[-1]
    assert TITLE in mail.subject and mail.text.index(TITLE) < mail.text.index("Un jardin")
    assert all(f"/plan/actions/{action.id}?before=" in text.replace("&amp;", "&") for text in (mail.text, mail.html))


def test_an_action_is_followed_with_one_press_and_stands_among_all_that_one_follows(
    make: Any, plans: MakePlan, action: Action, sign_in: Any, visitor: Any
) -> None:
    ana, page = make.user(), f"/plan/actions/{action.id}"
    browser = sign_in(ana)
    for number, level in ((2, "steps"), (3, "none"), (1, "all")):
        assert browser.submit(page, f"#follow form:nth-of-type({number})").headers["Location"] == f"{page}#follow"
        assert look(ana, action).level == level
    assert "Une tournée d" in browser.get("/follows").words
    keeper = plans.holder(action)
    assert "parce que vous la tenez à jour" in sign_in(keeper).get("/follows").words
    assert "réponse à relire, une action à tenir à jour" in sign_in(keeper).get("/notifications/preferences").words
    assert visitor.get(page).soup.select_one("#follow a")["href"].startswith("/login?next=")
    assert [visitor.forge(f"{page}/follow{act}").status_code for act in ("", "/withdrawal")] == [401, 401]
    make.at(action, hidden_at=time.now(), hidden_reason="non")
    team = sign_in(plans.boss)
    assert not team.get(page).soup.select("#follow") and team.forge(f"{page}/follow").status_code == 303
    assert browser.forge(f"{page}/follow").status_code == browser.forge(f"{page}/follow/withdrawal").status_code == 404
    assert not browser.get("/follows").soup.select(f"#follow-thread-{action.thread_id}")


def test_what_follows_an_action_is_said_to_its_followers_and_stopped_by_a_press(
    make: Any, plans: MakePlan, action: Action, sign_in: Any, outbox: Any, clock: Any, visitor: Any
) -> None:
    ana = make.user()
    settings.choose(
        actor(ana), paces=USUAL | {"follow": "now"}, weekday=4, paused_until=None, commented="all", supported="steps"
    )
    follow(ana, action)
    browser = sign_in(ana)
    plans.say(action)
    assert first_words(browser).startswith(
        "Nouveau : « Une tournée d'épicerie », que vous suivez : voici où elle en est"
    )
    say(make.user("Simon"), action)
    assert "Simon commente l'action du plan que vous suivez" in first_words(browser)
    clock.forward(minutes=11)
    write_mails()
    silence = next(link for link in outbox.links(outbox.to(ana.email)[-1]) if "/unsubscribe/" in link)
    visitor.submit(silence, "main form")
    assert look(ana, action).level == "none"


def test_links_and_charges_are_said_with_their_reason(
    make: Any, plans: MakePlan, author: User, fae: User, need: Idea, action: Action, sign_in: Any
) -> None:
    proposer, team, own = make.user(), sign_in(fae), sign_in(author)
    waiting = {"answer": None, "answered_at": None, "answered_by": None, "proposed_by": proposer.id}
    link = plans.link(action, project := make.idea(author, HERE, kind="project"), **waiting)

    def signal(kind: Any, **values: Any) -> None:
        make.at(link, **values)
        with unit():
            tell(kind(link.id, **({} if kind is LinkProposed else {"by": fae.id})))

    signal(LinkProposed)
    assert "On propose à votre équipe de lier un projet à l'action « Une tournée d'épicerie »" in first_words(team)
    assert team.get("/notifications").soup.select_one(f".notices a[href='/plan/actions/{action.id}/links']")
    signal(LinkAnswered, answer="accepted", answer_reason="")
    assert (
        "Votre projet de février rejoint le plan d'action, dans « Une tournée d'épicerie » Motif : Elle part"
        in first_words(own)
    )
    assert "Le lien que vous avez proposé avec l'action" in first_words(sign_in(proposer))
    signal(LinkEnded, ended_at=time.now(), ended_by=fae.id, ended_reason="Une erreur.")
    assert (
        "Votre projet de février n'a plus de lien avec l'action « Une tournée d'épicerie » Motif : Une erreur."
        in first_words(own)
    )
    signal(LinkAnswered, answer="declined", answer_reason="Autre chose.")
    assert "n'est pas retenu Motif : Autre chose." in first_words(own)
    make.at(again(action), hidden_at=time.now(), hidden_reason="non")
    assert "l'action « action masquée » n'est pas retenu" in first_words(own)
    make.at(again(project), deleted_at=time.now())
    assert "n’a plus de lien" not in own.get("/notifications").words, "what is out of sight is named no more"


def test_an_idea_that_no_action_carries_any_more_comes_back_to_its_team_with_the_reason(
    plans: MakePlan, fae: User, need: Idea, sign_in: Any, make: Any
) -> None:
    team, boss, action = sign_in(fae), actor(plans.boss), plans.action("Un autobus")
    make.at(need, status="retained")
    link = links.make(boss, again(need), again(action), reason="Elle en part.")
    bulletin = plans.say(again(action), "Faute de camion.", state="dropped")
    assert (
        "Un besoin revient à votre équipe : l'action « Un autobus » ne s'en charge plus Motif : Faute de camion."
        in first_words(team)
    )
    assert team.get("/notifications").soup.select_one(".notices h2").get_text() == TITLE
    for row in (again(action), bulletin):
        make.at(row, hidden_at=time.now(), hidden_reason="non")
        assert "camion" not in first_words(team), "what was said is hidden with its action"
        make.at(row, hidden_at=None)
    assert "camion" in first_words(team)
    plans.say(again(action), state="underway")
    links.end(boss, again(link), reason="Une erreur.")
    assert "l'action « Un autobus » ne s'en charge plus Motif : Une erreur." in first_words(team)


def test_a_page_of_twenty_chains_costs_as_much_as_one(make: Any, plans: MakePlan, author: User, sign_in: Any) -> None:
    def add(times: int) -> None:
        for _n in range(times):
            action = plans.action(milestones=1)
            plans.link(action, make.idea(author, HERE))
            plans.say(action, completions=[Completion(actions.list_milestones(action.id)[0].id, time.today(), "Vu")])
        jobs.tell_followers()

    costs_alike(add, (sign_in(author), "/notifications"), (sign_in(author), "/"), most=12)
