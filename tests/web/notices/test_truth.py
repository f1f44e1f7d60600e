"""What a notice says is so: who did what, to whose text, and how it stands now."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.ideas.models import Idea
from app.moderation.first_posts.service import first_posts
from app.moderation.measures.service import contents as measures
from app.moderation.merges import service as merges
from app.notifications import jobs
from app.notifications.models import Notice
from app.plan.service import links
from app.web.notices.immediate_mails import write_mails
from app.web.notices.summaries import write_summaries
from tests.support.follower_acts import actor, follow, publish
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again, every
from tests.support.world import HERE
from tests.web.notices.samples import plan_actions

WHY = "Deux choses dans un texte."


def lines(browser: Any) -> list[str]:
    """Return what each notice says, the newest first."""
    jobs.tell_followers()
    found = browser.get("/notifications").soup.select(".notices li li")
    return [
        " ".join(line.get_text(" ").split())
        .replace("\xa0", " ")
        .replace("\u202f", " ")
        .replace("’", "'")
        .removeprefix("Nouveau : ")
        for line in found
    ]


@pytest.fixture
def origin(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="aspiration", title="Bouger", body="Un marché. Un autobus.")
    return found


def test_what_a_team_draws_out_of_a_text_is_not_said_to_be_published_by_its_author(
    make: Any, fae: User, origin: Idea, sign_in: Any
) -> None:
    fan = make.user()
    for person in (fan, fae):
        follow(person, make.room(HERE))
    merges.split(actor(fae), again(origin), title="Un autobus", body="Un autobus.", reason=WHY)
    [said] = lines(sign_in(fan))
    assert said.startswith("L'équipe d'animation a tiré une aspiration de ce que ") and "publie " not in said
    assert lines(sign_in(fae)) == [], "nobody is told of their own act"


def test_undoing_it_does_not_say_that_two_texts_say_the_same(
    make: Any, fae: User, author: User, origin: Idea, sign_in: Any
) -> None:
    fan = make.user()
    part = merges.split(actor(fae), again(origin), title="Un autobus", body="Un autobus.", reason=WHY)
    follow(fan, origin), make.vote(supporter := make.user(), part)
    merges.join_back(actor(fae), again(part), reason="Une erreur.")
    told = [lines(sign_in(person))[0] for person in (fan, author, supporter)]
    assert all("réuni" in said and "même chose" not in said for said in told), told
    other = make.idea(make.user(), HERE)
    follow(fan, other)
    merges.merge(actor(fae), again(other), again(origin), reason="Elles disent la même chose.")
    assert "disent la même chose" in lines(sign_in(fan))[0]


def test_an_idea_that_is_already_in_the_plan_does_not_join_it_again(
    make: Any, plans: MakePlan, author: User, origin: Idea, sign_in: Any
) -> None:
    boss, browser = actor(plans.boss), sign_in(author)
    make.at(origin, status="retained")
    first, second = plan_actions(plans.plan(action_of("Un autobus", 1), action_of("Un marché", 1)))
    link = links.make(boss, again(origin), first, reason="Elle en part.")
    assert "rejoint le plan d'action, dans « Un autobus »" in lines(browser)[0]
    other = links.make(boss, again(origin), again(second), reason="Elle y mène aussi.")
    assert ", déjà au plan d'action, mène aussi à « Un marché »" in lines(browser)[0]
    for one in (link, other):
        links.end(boss, again(one), reason="Une erreur.")
    links.make(boss, again(origin), again(first), reason="Tout compte fait.")
    assert "revient au plan d'action, dans « Un autobus »" in lines(browser)[0]


def test_a_holder_reads_that_they_keep_the_action_up_to_date(make: Any, plans: MakePlan, sign_in: Any) -> None:
    action = plans.action("Un autobus")
    keeper, fan = plans.holder(action), make.user()
    follow(fan, action)
    plans.say(action)
    assert lines(sign_in(keeper))[0].startswith("« Un autobus », que vous tenez à jour :")
    assert "parce que vous tenez cette action à jour" in lines(sign_in(keeper))[0]
    assert lines(sign_in(fan))[0].startswith("« Un autobus », que vous suivez :")


@pytest.mark.parametrize("pace", ["now", "daily"])
def test_what_was_let_appear_then_hidden_is_not_said_to_be_online_and_may_be_looked_at_again(
    make: Any, fae: User, origin: Idea, sign_in: Any, outbox: Any, clock: Any, pace: str
) -> None:
    clock.at("2026-05-15T16:00")
    newcomer = make.paces(make.user("Nina"), contribution=pace)
    comment = make.comment(origin, newcomer, "Appelez-moi au 450 555-0199.", status="pending", suspect="first")
    first_posts.publish_comment(actor(fae), comment, version=comment.version)
    clock.forward(minutes=5)
    measures.hide(actor(fae), again(comment), reason="Le texte donne un numéro de téléphone.")
    clock.forward(days=1)
    write_mails(), write_summaries()
    [mail] = outbox.to(newcomer.email)
    assert "a publié" not in mail.subject + mail.text and "a masqué votre commentaire" in mail.text.replace("’", "'")
    measure = next(notice.facts["measure"] for notice in every(Notice, Notice.kind == "measure.hide"))
    assert f"/measures/{measure}/appeal" in outbox.links(mail) and f'/measures/{measure}/appeal"' in mail.html
    [said] = lines(sign_in(newcomer))
    assert "a masqué votre commentaire" in said and "parce que c'est votre commentaire" in said


def test_a_first_publication_says_what_appeared_and_why_one_is_told(
    make: Any, fae: User, origin: Idea, sign_in: Any, clock: Any
) -> None:
    newcomer = make.user("Nina")
    comment = make.comment(origin, newcomer, "Bonjour.", status="pending", suspect="first")
    first_posts.publish_comment(actor(fae), comment, version=comment.version)
    clock.forward(minutes=2)
    [said] = lines(sign_in(newcomer))
    assert (
        said.startswith("C'est en ligne : l'équipe d'animation a publié votre commentaire")
        and "parce que c'est votre commentaire" in said
    )


def test_what_led_to_an_idea_is_named(make: Any, origin: Idea, plans: MakePlan, sign_in: Any) -> None:
    fan, member = make.user(), make.user()
    follow(fan, make.room(HERE)), make.actor(member, member_of=[HERE])
    publish(make.user("Zoé"), make.room(HERE))
    assert "Zoé publie une idée dans « Sécurité alimentaire », que vous suivez" in lines(sign_in(fan))[0]
    assert "Zoé publie une idée dans votre communauté « Sécurité alimentaire »" in lines(sign_in(member))[0]
