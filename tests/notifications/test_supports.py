"""An author hears of the first support and of each ten; a team, of who joins its community."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.communities import service as communities
from app.ideas.models import Idea
from app.moderation.merges import service as merges
from app.notifications.models import Notice
from app.votes import service as votes
from tests.support.follower_acts import actor, told
from tests.support.rows import again, every

HERE = "securite-alimentaire"
WHY = "Elles disent la même chose"


@pytest.fixture
def idea(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="need")
    return found


def test_the_first_support_and_each_ten_are_told_to_the_author_once(
    make: Any, author: User, idea: Idea, people: Any
) -> None:
    votes.cast(actor(author), again(idea))
    first = make.actor()
    for _again in range(2):
        votes.cast(first, again(idea)), votes.withdraw(first, again(idea))
    votes.cast(first, again(idea))
    assert told("support") == [("support.first", author.id)]
    for _n in range(8):
        votes.cast(make.actor(), again(idea))
    votes.withdraw(first, again(idea)), votes.cast(first, again(idea))
    assert told("support") == [("support.first", author.id), ("support.tens", author.id)]
    other = make.idea(make.user(), HERE, votes=12)
    merges.merge(people["facilitator"], other, again(idea), reason=WHY)
    assert [notice.facts["count"] for notice in every(Notice, Notice.kind == "support.tens")] == [10, 20]
    late = make.idea(author, HERE)
    merges.merge(people["facilitator"], make.idea(make.user(), HERE, votes=1), late, reason=WHY)
    assert len(told("support.first")) == 1


def test_a_team_hears_once_who_joins_but_who_invited_them(make: Any, fae: User) -> None:
    member, room = make.user(), make.room(HERE)
    for _again in range(2):
        (
            communities.join(actor(member), room),
            communities.join(actor(member), room),
            communities.leave(actor(member), room),
        )
    assert told("joined") == [("joined.member", fae.id)]


@pytest.mark.parametrize("is_named", [True, False])
def test_who_supports_first_is_named_as_long_as_they_show_their_name(
    make: Any, author: User, idea: Idea, sign_in: Any, is_named: bool
) -> None:
    fan = make.user("Inès Saule")
    votes.cast(actor(fan), again(idea), is_named=is_named)
    reader = sign_in(author)
    said = reader.get("/notifications").words.replace("\xa0", " ")
    assert "Premier appui pour votre besoin" in said and ("Inès Saule" in said) is is_named
    if is_named:
        votes.set_is_named(actor(fan), again(idea), is_named=False)
        assert "Inès Saule" not in reader.get("/notifications").words
