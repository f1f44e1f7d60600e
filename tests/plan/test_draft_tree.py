"""A draft says what became of each part, and each part alone comes back to the version that is published."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan import editing
from app.plan.draft_tree import DraftPart, build_tree
from app.plan.outline import ActionOutline
from tests.plan.test_differences import EDITS, edited, part, plan

pytestmark = pytest.mark.one_engine
SHUFFLE: dict[str, Any] = {
    "reversed": lambda one: part(one, "orientations", 1).objectives.reverse(),
    "last": lambda one: one.orientations.append(one.orientations.pop(0)),
    "elsewhere": lambda one: editing.write(one, "actions", part(one, "actions", 212), 13),
    "new": lambda one: editing.add(one, "actions", ActionOutline("Une action neuve"), 11),
    "gone": lambda one: editing.remove(one, "orientations", 2),
}


def describe(nodes: list[DraftPart]) -> list[Any]:
    return [(node.part.title, " ".join(node.kinds)) for top in nodes for node in top.walk()]


def test_each_part_bears_what_became_of_it_and_a_removed_one_stands_where_it_stood() -> None:
    draft = edited(["title", "place"])
    editing.add(draft, "actions", ActionOutline("Une action neuve"), 11)
    editing.remove(draft, "objectives", 12)
    editing.move(draft, "actions", 221, 1, 222)
    assert describe(build_tree(plan(), draft).keep_changes().orientations) == [
        ("Orientation 1", ""),
        ("Objectif 11", ""),
        ("Un autre titre", "changed"),
        ("Action 131", "moved"),
        ("Une action neuve", "added"),
        ("Objectif 12", "removed"),
        ("Action 121", "removed"),
        ("Action 122", "removed"),
        ("Orientation 2", ""),
        ("Objectif 22", ""),
        ("Action 222", "moved"),
    ]


def test_a_plan_that_is_as_published_has_no_mark() -> None:
    tree = build_tree(plan(), plan())
    assert tree.count_changes() == 0 and not tree.keep_changes().orientations


@given(st.lists(st.sampled_from(sorted(EDITS) + sorted(SHUFFLE)), unique=True), st.randoms(use_true_random=False))
def test_what_is_brought_back_part_by_part_in_any_order_is_the_published_plan(names: list[str], random: Any) -> None:
    draft = edited([name for name in names if name in EDITS])
    for name in set(names) & set(SHUFFLE):
        if name != "elsewhere" or editing.find_position(draft, "actions", 212):
            SHUFFLE[name](draft)
    published = plan()
    for _turn in range(60):
        changed = [node for node in build_tree(published, draft).walk() if node.kinds]
        if not changed:
            break
        if bring_back(published, draft, random.choice(changed)):
            assert sum(bool(node.kinds) for node in build_tree(published, draft).walk()) < len(changed)
    draft.ends_on = published.ends_on
    assert draft.dump() == published.dump()


def bring_back(published: Any, draft: Any, node: DraftPart) -> bool:
    if "added" in node.kinds:
        return editing.remove(draft, node.level, node.part.id)
    return editing.restore(published, draft, node.level, node.part.id)


def test_a_part_comes_back_with_its_own_words_and_keeps_what_it_holds_now() -> None:
    draft = edited(["weight", "lead"])
    before = deepcopy(draft)
    assert editing.restore(plan(), draft, "objectives", 12)
    assert part(draft, "objectives", 12).weight == 1
    part(draft, "objectives", 12).weight = 4
    assert draft == before


def test_a_part_whose_parent_is_gone_waits_for_it_and_comes_back_where_that_is() -> None:
    draft = edited(["place"])
    editing.remove(draft, "objectives", 13)
    assert not editing.restore(plan(), draft, "actions", 132) and not editing.restore(plan(), draft, "actions", 131)
    assert editing.restore(plan(), draft, "objectives", 13) and editing.restore(plan(), draft, "actions", 131)
    assert draft == plan()
