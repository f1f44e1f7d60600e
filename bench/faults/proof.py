"""What must hold once a drill is over: all that was acknowledged is there, once, and the site finds nothing wrong."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bench.faults.browser import Browser
from bench.faults.machine import Machine
from bench.faults.people import Crowd, Written
from tests.support import terminal

# The statement that counts what was written.
COUNTS = {
    "idea": "SELECT count(*) FROM ideas WHERE id = {idea} AND title LIKE '%{word}%' AND status = 'published'",
    "draft": "SELECT count(*) FROM ideas WHERE author_id = {by} AND title LIKE '%{word}%' AND status = 'draft'",
    "comment": "SELECT count(*) FROM comments JOIN ideas ON ideas.thread_id = comments.thread_id "
    "WHERE ideas.id = {idea} AND comments.body LIKE '%{word}%'",
    "edit": "SELECT count(*) FROM ideas WHERE id = {idea} AND body LIKE '%{word}%'",
    "support": "SELECT count(*) FROM votes WHERE user_id = {by} AND idea_id = {idea}",
}
# Nothing else is found by a word that nobody else wrote.
LINKS = {"idea": re.compile(r'href="/ideas/\d'), "comment": re.compile(r'href="/comments/\d')}
# Of comments, which are many, so many are looked for by others.
SHOWN = 40


def list_lost(crowd: Crowd) -> list[str]:
    """Say what was acknowledged and is not in the database, or is there twice."""
    last = {one.idea: one for one in crowd.written if one.kind == "edit"}
    written = [one for one in crowd.written if one.kind != "edit"] + list(last.values())
    counts = ((one, crowd.machine.ask(COUNTS[one.kind].format(**vars(one)))[0][0]) for one in written)
    return [f"{one.kind} {one.word} of {one.by} on {one.idea}: {count} times" for one, count in counts if count != 1]


def list_unseen(crowd: Crowd) -> Iterator[str]:
    """Say what another person does not read on the page where it stands, or does not find by its words."""
    reader, edited = Browser(crowd.machine.port, "10.9.0.1", crowd.journal), _edited(crowd.written)
    comments = [one for one in crowd.written if one.kind == "comment"]
    for one in [one for one in crowd.written if one.kind == "idea"] + comments[:: len(comments) // SHOWN + 1]:
        page = reader.ask(f"/ideas/{one.idea}")
        page = reader.ask(page.place) if page.place else page
        words = [one.word, edited[one.idea]] if one.kind == "idea" and one.idea in edited else [one.word]
        yield from (f"{one.kind} {word}: not on {one.idea}, {page.status}" for word in words if word not in page.text)
        for word in words:
            if not LINKS[one.kind].search(reader.ask(f"/search?q={word}").text):
                yield f"{one.kind} {word}: not found by its words"


def _edited(written: Sequence[Written]) -> dict[int, str]:
    return {one.idea: one.word for one in written if one.kind == "edit"}


def list_wrong(machine: Machine, program: Path, number: str) -> list[str]:
    """Say what `reflexe check` finds wrong, and whether the version is another than it should be.

    The backup of the day is made within the hour, which is longer than a drill.
    """
    findings = json.loads(machine.run(program, "check", "--json", code=None))
    wrong = [
        f"check: {one['subject']}: {one['text']}"
        for one in findings
        if one["grade"] == "wrong" and one["subject"] != "backups"
    ]
    version = next(one["text"] for one in findings if one["subject"] == "version")
    return wrong if version.startswith(number) else [*wrong, f"check: version: {version}, not {number}"]


def list_unsent(crowd: Crowd) -> list[str]:
    """Say who registered, and was not sent one mail by the worker."""
    sent = crowd.machine.post.sent
    with suppress(AssertionError):
        terminal.until(lambda: set(crowd.registered) <= set(sent), "mails leave")
    return [f"registration {one}: {sent.count(one)} mails" for one in crowd.registered if sent.count(one) != 1]
