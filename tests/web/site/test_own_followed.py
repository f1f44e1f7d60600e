"""What a member's first page says of what they follow: what they were told, each line under the name of what led there."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.communities import service as communities
from app.core.unit import unit
from app.notifications.models import Notice
from app.notifications.service import facts
from app.notifications.service import follows as service
from app.reference.models import Issue, Tag, Territory
from tests.events.stored import event_in
from tests.support.browser import Browser
from tests.support.follower_acts import actor, follow, publish, told
from tests.support.make_plan import MakePlan
from tests.support.rows import again

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"


def lines(browser: Browser) -> list[tuple[str, str]]:
    """Return each line: what is followed, and what happened to it."""
    items = browser.get("/").soup.select("section[aria-labelledby=followed] li")
    found = [(item.select_one(".kind").text, item.select(".kind ~ p")[0].text) for item in items]
    return [(about.replace("’", "'"), " ".join(said.replace("’", "'").split())) for about, said in found]


def test_a_new_idea_stands_under_each_thing_that_led_to_it(make, sign_in, author):
    room, other = make.room(HERE), make.room(ELSEWHERE)
    tag, former = (make.add(Tag(slug=name, name=name, sort_key=name)) for name in ("velo", "bicyclette"))
    make.at(former, merged_into=tag.id)
    issue = make.add(Issue(slug="un-enjeu", name="Un enjeu"))
    mrc = make.add(Territory(code="900", name="Une MRC", kind="mrc", sort_key="une mrc"))
    town = Territory(code="90001", name="Une ville", kind="municipality", sort_key="une ville", parent_id=mrc.id)
    town = make.add(town)
    member, of_other, of_former, of_issue, of_mrc, nobody = (make.user() for _n in range(6))
    communities.join(actor(member), room)
    for person, kind, number in (
        (of_other, "community", other.id),
        (of_former, "tag", former.id),
        (of_issue, "issue", issue.id),
        (of_mrc, "territory", mrc.id),
    ):
        service.follow(actor(person), kind, number)
    places = {"communities": (other.id,), "issues": (issue.id,), "territories": (town.id,), "tags": ("velo",)}
    publish(author, room, "Du lait au village", kind="need", **places)
    told()
    for person, name in ((member, room.name), (of_other, other.name), (of_former, "velo"), (of_issue, "Un enjeu")):
        assert lines(sign_in(person)) == [(name.replace("’", "'"), "Besoin : Du lait au village")]
    [(about, said)] = lines(sign_in(of_mrc))
    assert about == "Une MRC" and "Du lait au village" in said
    assert lines(sign_in(nobody)) == [] and lines(sign_in(author)) == []


def test_work_and_steps_are_told_as_to_followers(make, sign_in):
    fan, follower = make.user(), make.user()
    idea, update = make.idea(community=HERE, title="Du lait au village"), make.update(community=HERE, title="Un pas")
    make.vote(fan, idea), follow(follower, idea), follow(fan, make.room(HERE))
    with unit():
        facts.note("follow.update", by=update.author_id, update_id=update.id)
        facts.note("follow.step", by=None, idea_id=idea.id, status="retained", reason="Deux fermes ont signé.")
    told()
    found = lines(sign_in(fan))
    assert found[0] == ("Vous l'appuyez", "Retenue : Du lait au village")
    assert found[1][0] == make.room(HERE).name.replace("’", "'") and "Un pas" in found[1][1]
    browser = sign_in(follower)
    assert lines(browser) == [("Vous suivez ce fil", "Retenue : Du lait au village")]
    make.at(again(idea), hidden_at=again(idea).published_at)
    assert lines(browser) == []


def test_what_is_said_of_an_action_stands_under_the_voice_that_led_to_it(make, sign_in, plans: MakePlan):
    fan, follower, need = make.user(), make.user(), make.idea(community=HERE, title="Une heure de route pour du lait")
    action = plans.action()
    keeper = plans.holder(action)
    plans.link(action, need)
    make.vote(fan, need), follow(follower, action)
    plans.say(action, "La tournée commence.")
    told()
    for person, about in (
        (fan, "« Une heure de route pour du lait »"),
        (follower, "Vous suivez cette action"),
        (keeper, "Vous tenez cette action à jour"),
    ):
        [(name, said)] = lines(sign_in(person))
        assert name.replace("\xa0", " ") == about and "Une tournée d'épicerie" in said


def tell(make: Any, user: User, kind: str, **columns: Any) -> None:
    make.add(Notice(key=kind, user_id=user.id, kind=kind, topic="follow", pace="site", **columns))


@pytest.mark.parametrize(
    ("kind", "about", "said"),
    [
        ("linked.supporter", "Vous suivez ce fil", "Au plan : Du lait"),
        ("unlinked.follower", "Vous suivez ce fil", "Hors du plan : Du lait"),
        ("plan.changed", "Vous suivez cette action", "Nouvelle version du plan : Une tournée d'épicerie"),
        ("follow.event", "Ce que vous suivez", "Rencontre : Se loger près de son travail"),
        ("moved.follower", "Vous suivez cette rencontre", "Rencontre déplacée : Se loger près de son travail"),
        ("changed.follower", "Vous suivez cette rencontre", "Rencontre modifiée : Se loger près de son travail"),
        ("cancelled.follower", "Vous suivez cette rencontre", "Rencontre annulée : Se loger près de son travail"),
        ("minutes.follower", "Vous suivez cette rencontre", "Compte rendu : Se loger près de son travail"),
        ("follow.idea", "Ce que vous suivez", "Idée : Du lait"),
    ],
)
def test_each_kind_has_its_words(kind, about, said, make, sign_in, plans: MakePlan):
    user, idea = make.user(), make.idea(title="Du lait")
    action, event = plans.action(), event_in(make)
    facts = {"reason": "Un motif", "version": 2, "number": 2, "link": 1}
    subject = {"event_id": event.id} if "encontre" in said or "Compte" in said else {"idea_id": idea.id}
    subject |= {"action_id": action.id} if kind.startswith(("linked", "unlinked")) else {}
    tell(make, user, kind, facts=facts, **({"action_id": action.id} if kind == "plan.changed" else subject))
    assert lines(sign_in(user)) == [(about, said)]


def test_talk_stays_on_its_page_and_what_is_too_much_is_counted_with_its_link(make, sign_in):
    user = make.user()
    for number in range(7):
        idea = make.idea(title=f"Idée {number}")
        make.add(
            Notice(key=f"{number}", user_id=user.id, kind="follow.idea", topic="follow", pace="site", idea_id=idea.id)
        )
    tell(make, user, "follow.comment", comment_id=make.comment(make.idea()).id)
    tell(make, make.user(), "follow.idea", idea_id=make.idea(title="D'une autre").id)
    browser = sign_in(user)
    assert [said for _about, said in lines(browser)] == [f"Idée : Idée {number}" for number in (6, 5, 4, 3, 2)]
    more = browser.get("/").soup.select_one("section[aria-labelledby=followed] > p a")
    assert more["href"] == "/notifications" and more.text == "Et 2 autres"
