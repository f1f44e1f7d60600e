"""A form of a change that is sent back as it stands says that nothing changed; with another word, what became of it."""

from typing import Any

import pytest

from tests.support import square
from tests.support.world import World

# By its noun: who changes it, the field that holds its words, and the button that sends them.
CHANGES = {
    "ideas": ("member", "title", "publish"),
    "comments": ("member", "body", None),
    "updates": ("facilitator", "title", None),
    "replies": ("facilitator", "title", None),
    "bulletins": ("author", "body", None),
    "communities": ("coordinator", "name", None),
    "issues": ("coordinator", "name", None),
    "tags": ("coordinator", "name", None),
    "territories": ("coordinator", "name", None),
    "organisations": ("coordinator", "name", None),
}
NOTHING = "Rien n’a changé."


@pytest.mark.one_engine
def test_a_change_of_nothing_says_so(full_square: World, sign_in: Any) -> None:
    said = {}
    for noun, (reader, field, button) in CHANGES.items():
        browser = sign_in(full_square.people[reader])
        path = _find(noun, square.READERS[reader](full_square), full_square)
        form = f"main form[method=post]:has([name={field}])"
        same = browser.submit(path, form, button=button, follow=True)
        other = browser.submit(path, form, button=button, follow=True, **{field: "D'autres mots ici"})
        said[noun] = (NOTHING in same.words, other.status_code, NOTHING in other.words)
    assert said == dict.fromkeys(CHANGES, (True, 200, False))


def _find(noun: str, paths: list[str], world: World) -> str:
    """Return the address of the form of a change of what is public."""
    [path, *_others] = [
        path
        for path in paths
        if path.endswith("/edit")
        and [piece for piece in path.split("/") if piece in CHANGES][-1:] == [noun]
        and f"/{world.ideas['rough'].id}/" not in path
    ]
    return path
