"""Two to five browsers that write one text, in any order, with answers that are late, lost or repeated: nothing is lost.

Each is what `notes.js` is: what was sent once is sent again as it was until it is answered, under its key; what is typed
meanwhile goes on from what was sent.
"""

import itertools
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.actor import Actor
from app.core.db import db
from app.forum.models import Forum, ForumTopic
from app.notes.models import NoteVersion
from app.notes.queries import faults, texts
from app.notes.service import texts as service
from app.notes.service.texts import Saved, Sent
from tests.forum.stored import place_in
from tests.notes.stored import session_in, who_at
from tests.support.make import Make

WRITERS = ("Denise", "Yvon", "Maude", "Luz", "Nadia")
# What one does to a line, and what becomes of a sending: answered, never there, there but not answered, twice there.
EDITS = ("append", "insert", "insert", "replace", "remove")
WAYS = ("answered", "answered", "cut", "unanswered", "twice")
STEP = st.one_of(
    st.tuples(st.just("type"), st.integers(0, 4), st.integers(0, 9), st.sampled_from(EDITS)),
    st.tuples(st.just("send"), st.integers(0, 4), st.integers(0, 9), st.sampled_from(WAYS)),
)


@dataclass
class Browser:
    """A page: its field and the version that it goes on from; what was sent and is not answered yet."""

    actor: Actor
    topic: ForumTopic
    words: Any
    text: str = ""
    number: int = 0
    is_own: bool = False
    sent: Sent | None = None
    removed: set[str] = field(default_factory=set)
    acknowledged: list[Sent] = field(default_factory=list)

    def type(self, place: int, edit: str) -> None:
        """Write a word that nobody else has, or take a line away."""
        lines, word = self.text.split("\n"), f"mot{next(self.words)}"
        at = place % len(lines)
        if edit == "insert":
            lines.insert(at, word)
        elif edit == "append":
            lines[at] = f"{lines[at]} {word}".strip()
        else:
            self.removed |= set(lines[at].split())
            lines[at : at + 1] = [word] if edit == "replace" else []
        self.text = "\n".join(lines)

    def send(self, way: str) -> None:
        self.sent = self.sent or Sent(1, self.number, self.is_own, self.text, f"clef{next(self.words)}")
        if way == "cut":
            return
        saved = self._save(self.sent)
        if way == "twice":
            saved = self._save(self.sent)
        if way != "unanswered":
            self.take(self.sent, saved)

    def take(self, sent: Sent, saved: Saved) -> None:
        self.acknowledged.append(sent)
        self.number, self.is_own, self.sent = saved.number, self.text != sent.text, None
        if not self.is_own:
            self.text = saved.text

    def _save(self, sent: Sent) -> Saved:
        return service.save(self.actor, who_at(self.actor, self.topic.id, self.topic.forum_id), sent)


def open_browsers(make: Make, count: int) -> list[Browser]:
    topic, words, found = session_in(make), itertools.count(), []
    for name in WRITERS[:count]:
        user = make.user(name)
        place_in(make, db.session.get_one(Forum, topic.forum_id), user)
        found.append(Browser(make.actor(user), topic, words))
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(2, 5), steps=st.lists(STEP, min_size=6, max_size=25))
def test_what_was_acknowledged_stands_in_the_text_or_in_a_version(make: Make, count: int, steps: list[Any]) -> None:
    browsers = open_browsers(make, count)
    for kind, who, place, how in steps:
        browser = browsers[who % count]
        if kind == "type":
            browser.type(place, how)
        else:
            browser.send(how)
    # The network is back: each sends what waits, then what it typed since, then reads what the others sent last.
    for _round, browser in itertools.product(range(3), browsers):
        browser.send("answered")

    topic_id = browsers[0].topic.id
    db.session.rollback()
    stands = "\n".join(part.text for part in texts.list_parts(topic_id))
    versions = Counter(one.sent for one in db.session.query(NoteVersion).filter_by(topic_id=topic_id))
    acknowledged = Counter(sent.text for browser in browsers for sent in browser.acknowledged)
    assert versions == acknowledged, "each text that was acknowledged is a version, once"
    removed = set[str]().union(*(browser.removed for browser in browsers))
    typed = {word for sent in acknowledged for word in sent.split()}
    assert typed - removed - set(stands.split()) == set(), "a word that nobody took away stands in the text"
    assert {browser.text for browser in browsers} == {stands}, "each page shows what stands"
    assert faults.list_faults() == []
