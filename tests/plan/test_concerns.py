"""An update concerns ideas and actions: named line by line, shown on each page to those who may read both."""

import pytest

from app.communities.queries import get_rooms
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Invalid
from app.plan.models.links import UpdateLink
from app.plan.queries import concerns as queries
from app.plan.service import concerns
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.rows import count, every
from tests.support.world import HERE

WORDS = {"title": "Ce que nous avons fait", "body": "Voici."}


def test_an_update_names_ideas_and_actions_and_each_leads_back_to_it(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    idea, action, fae = make.idea(community=HERE), plans.action(), people["facilitator"]
    text = f"#{idea.id}\nhttps://exemple.test/ideas/{idea.id}-une-idee\n{action.code} Une tournée\n/plan/actions/{action.id}\n\n"
    update = concerns.publish(fae, get_rooms().by_slug[HERE], **WORDS, concerns=text, form_key="k")
    assert concerns.publish(fae, get_rooms().by_slug[HERE], **WORDS, concerns=text, form_key="k").id == update.id
    found = queries.get_concerns(people["anyone"], update.id)
    assert ([one.id for one in found.ideas], [one.id for one in found.actions], count(UpdateLink)) == (
        [idea.id],
        [action.id],
        2,
    )
    assert [one.id for one in queries.list_updates_on_idea(people["anyone"], idea.id)] == [update.id]
    assert [one.id for one in queries.list_updates_on_action(people["anyone"], action.id)] == [update.id]
    before = [(row.id, row.at) for row in every(UpdateLink)]
    concerns.edit(fae, update, **WORDS, concerns=queries.format_concerns(found))
    assert [(row.id, row.at) for row in every(UpdateLink)] == before
    concerns.edit(fae, update, **WORDS)
    assert count(UpdateLink) == 0 and not queries.get_concerns(fae, update.id)


@pytest.mark.parametrize("line", ["rien du tout", "#99999", "/plan/actions/99999", "/ideas/99999-x", "9.9.9"])
def test_a_line_that_leads_nowhere_is_named_and_nothing_is_published(people: dict[str, Actor], line: str) -> None:
    for who in ("facilitator", "coordinator"):
        with pytest.raises(Invalid) as refusal:
            concerns.publish(people[who], get_rooms().by_slug[HERE], **WORDS, concerns=line)
    assert refusal.value.values["line"] == line
    with pytest.raises(Invalid, match="vingt"):
        queries.parse_concerns(people["facilitator"], "#1\n" * 21)


def test_an_idea_that_was_joined_to_another_stays_when_somebody_corrects_the_update(
    make: Make, people: dict[str, Actor]
) -> None:
    first, joined, fae = make.idea(community=HERE), make.idea(community=HERE), people["facilitator"]
    update = concerns.publish(fae, get_rooms().by_slug[HERE], **WORDS, concerns=f"#{first.id}\n#{joined.id}")
    make.at(joined, merged_into=first.id)
    concerns.edit(fae, update, **WORDS, concerns=queries.format_concerns(queries.get_concerns(fae, update.id)))
    assert count(UpdateLink) == 2


def test_what_is_hidden_shows_through_no_update_and_stays_when_somebody_corrects_it(
    make: Make, plans: MakePlan, people: dict[str, Actor]
) -> None:
    elsewhere, action, fae = make.idea(community="transport-collectif"), plans.action(), people["facilitator"]
    update = concerns.publish(fae, get_rooms().by_slug[HERE], **WORDS, concerns=f"#{elsewhere.id}\n{action.code}")
    make.at(elsewhere, hidden_at=clock.now(), hidden_reason="non")
    assert (
        not queries.get_concerns(people["anyone"], update.id).ideas
        and queries.get_concerns(people["neighbour"], update.id).ideas
    )
    concerns.edit(fae, update, **WORDS, concerns=queries.format_concerns(queries.get_concerns(fae, update.id)))
    assert count(UpdateLink) == 2
    make.at(update, hidden_at=clock.now(), hidden_reason="non")
    assert not queries.list_updates_on_action(people["anyone"], action.id)
