"""What the people of a hall write: the notes of each session, saved again and again, and a ballot each at the end.

Half of the ballots come in the last seconds before the choice stops. What was acknowledged is looked for then.
"""

import asyncio
import html
import random
import re
from collections.abc import Coroutine, Sequence
from typing import Any

from sqlalchemy import select

from app.choices.models import Choice, ChoiceBallot, ChoiceCandidate
from app.core.db import db
from app.notes.models import NoteText
from bench.browsers import Browser
from bench.hall import Hall
from bench.sites import Site

# Who writes at an hour, how often each saves; what one chooses among, and how long the rush at the end lasts.
WRITERS, EVERY = 60, 6.0
CANDIDATES, DOTS, MOST_ON_ONE, RUSH = 12, 5, 3, 5.0
TEXT_FORM = re.compile(r'<form[^>]* action="[^"]*/notes/text".*?</form>', re.DOTALL)
FIELD = re.compile(r'name="(part|number|form_key)"[^>]* value="([^"]*)"')
TEXT = re.compile(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", re.DOTALL)
ACTS = {"a text", "ballot", "the choice"}
Act = Coroutine[Any, Any, None]


class Circle:
    """The people of a hall and their team; what was acknowledged: lines with their session, and the dots of each."""

    def __init__(self, root: str, people: Sequence[Browser], team: Browser, rng: random.Random) -> None:
        self.root, self.people, self.team, self.rng = root, people, team, rng
        self.said, self.ballots = list[tuple[int, str]](), dict[int, list[int]]()

    def write(self, hour: int, hours: int, sessions: Sequence[int], seconds: float) -> list[Act]:
        """Return those who write at an hour: nobody writes at two of them."""
        writers = range(len(self.people))[hour::hours][:WRITERS] if sessions else ()
        return [self._write(number, self.rng.choice(sessions), seconds) for number in writers]

    async def _write(self, number: int, topic_id: int, seconds: float) -> None:
        """Read the notes of a session, add a line to the text as it stands, and save, as often as time allows."""
        person, path = self.people[number], f"{self.root}/topics/{topic_id}/notes"
        await asyncio.sleep(self.rng.random() * min(EVERY, seconds))
        for turn in range(max(1, int(seconds / EVERY))):
            page = (await person.read("the notes", path)).text.decode()
            form, line = TEXT_FORM.search(page), f"Dit par {number}, la {turn + 1}e fois."
            if form is None:
                person.noted.errors["the notes: no text to write in"] += 1
                return
            text = html.unescape(TEXT.findall(form[0])[0])
            fields = dict(FIELD.findall(form[0])) | {"text": f"{text}\n{line}"}
            answer = await person.press("a text", f"{path}/text", **fields)
            if answer.code == "303":
                self.said.append((topic_id, line))
            await asyncio.sleep(EVERY if seconds > EVERY else 0)

    async def open_choice(self) -> None:
        words = "\n".join(f"Proposition {n} : un toit près de son travail" for n in range(1, CANDIDATES + 1))
        await self._press("opening", typed=words, dots=str(DOTS), most_on_one=str(MOST_ON_ONE))

    def vote(self, seconds: float) -> list[Act]:
        """Return the ballots of everybody: half of them when they like, the others at the end."""
        rush = min(RUSH, seconds / 2)
        last = set(self.rng.sample(range(len(self.people)), len(self.people) // 2))
        late, early = (seconds - rush, rush), (0.0, seconds - rush)
        return [self._vote(n, late if n in last else early) for n in range(len(self.people))]

    async def _vote(self, number: int, when: tuple[float, float]) -> None:
        """Read the ballot before, and send it within so many seconds after a moment."""
        person, (after, within) = self.people[number], when
        begin = asyncio.get_running_loop().time()
        moment = begin + after + self.rng.random() * within
        await asyncio.sleep(self.rng.random() * max(after, within / 2))
        await person.read("the ballot", f"{self.root}/convergence")
        await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))
        placed = [0] * CANDIDATES
        for _dot in range(DOTS):
            placed[self.rng.choice([n for n, dots in enumerate(placed) if dots < MOST_ON_ONE])] += 1
        fields = {f"dots-{n}": str(dots) for n, dots in enumerate(placed)}
        answer = await person.press("ballot", f"{self.root}/convergence/ballot", **fields)
        if answer.code == "303":
            self.ballots[number] = placed

    async def count(self) -> None:
        """Stop the choice, and count it."""
        await self._press("stopping")
        await self._press("counting")

    async def _press(self, act: str, **fields: str) -> None:
        await self.team.read("the choice, its page", f"{self.root}/convergence/{act}")
        await self.team.press("the choice", f"{self.root}/convergence/{act}", **fields)


def list_lost(site: Site, here: Hall, circle: Circle) -> list[str]:
    """Say what was acknowledged and is not stored."""
    with site.app.app_context():
        texts: dict[int, str] = {}
        for topic_id, text in db.session.execute(select(NoteText.topic_id, NoteText.text)).tuples():
            texts[topic_id] = f"{texts.get(topic_id, '')}\n{text}"
        lost = [f"{line} of {topic_id}" for topic_id, line in circle.said if line not in texts.get(topic_id, "")]
        query = select(ChoiceCandidate).where(ChoiceCandidate.choice_id == here.forum_id)
        rows = db.session.scalars(query.order_by(ChoiceCandidate.position)).all()
        ids = [one.id for one in rows]
        stored = set(db.session.scalars(select(ChoiceBallot.ballot).where(ChoiceBallot.candidate_id.in_(ids))))
        choice = db.session.get(Choice, here.forum_id)
        voters = choice.voters_count if choice else 0
    totals = [sum(placed[n] for placed in circle.ballots.values()) for n in range(CANDIDATES)] if rows else []
    counted = [one.placed for one in rows]
    if counted != totals or voters != len(circle.ballots):
        lost.append(f"ballots: {voters} of {len(circle.ballots)}, {counted} counted, not {totals}")
    if stored and len(stored) != voters:
        lost.append(f"ballots of nobody: {len(stored)} of {voters}")
    return lost
