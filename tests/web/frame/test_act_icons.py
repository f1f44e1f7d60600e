"""Each thing that happens is drawn by one icon, and each icon says one thing."""

from collections import Counter

import pytest

from app.web.frame import act_icons, words
from app.web.journal import lines


@pytest.mark.one_engine
def test_each_act_has_one_icon_and_what_is_closed_or_unknown_has_its_own() -> None:
    acts = Counter(act for acts in act_icons.MEANINGS.values() for act in acts)
    assert set(acts.values()) == {1}
    assert not {act_icons.CLOSED, act_icons.OTHER} & set(act_icons.MEANINGS)


@pytest.mark.one_engine
def test_each_kind_of_line_of_the_journal_has_an_icon() -> None:
    kinds = {*words.JOURNAL, *lines.OUTCOMES} - {"status"}
    assert {kind for kind in kinds if act_icons.get_icon(kind) == act_icons.OTHER} == set()
    assert {state for state in words.STEPS if act_icons.get_icon(state) == act_icons.OTHER} == set()
