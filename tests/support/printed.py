"""The pages of the documentation that are printed from the code: rights, notices (`python -m tests.support.printed`)."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import force_locale

from app import HOUSE, create_app, wiring
from app.cli.book import lines
from app.notifications import topics
from app.notifications.queries.audiences import AUDIENCES
from app.web.events import place_mails
from app.web.notices.sentences import COUNTED, NOTICES
from tests.support.house import SETTINGS

# What a sentence that depends on a number names beside it.
NAMED = {name: f"%({name})s" for name in ("own", "pitched", "title")}
REACTIONS = "app.notifications.reactions."
RIGHTS = """# Permissions

Who may do what, as `reflexe permissions` prints it: a line for each right, its clauses separated by `|`. Any clause grants; all the
predicates of a clause must hold. Each predicate is a function of that name in the `policy` of a room or in `app/core/permits.py`; who
exactly passes, in each state of the thing, is written in `LAW` of the tests (`tests/web/*/matrix.py`, `tests/ideas/test_policy.py`)
and, address by address, in `ROUTES` of `tests/web/*/matrix.py`.

```text
"""
NOTICES_HEAD = """# Notices

What people are told, to whom and at which pace, printed from the code (`python -m tests.support.printed`). Nobody is told of
their own act, of what they may not read, nor twice of the same thing ([why](decisions/0019-notices.md)).

## Who is told

Each signal has small functions, in `app/notifications/reactions/`; `app/wiring.py` has them all.

"""
FOLLOWERS = """
## Which followers

A fact is told to whoever follows what it is about ([how](decisions/0056-follows.md)): by choice, or by what they wrote, said,
supported or joined, as their settings say.

"""
PACES = """
## At which pace, and where it is read

The usual one of each topic, in the place of which one may choose another. Security is told at once, whatever one chose;
what becomes of a meeting that one comes to stands on the site, since a mail of the meeting says it too.
Whoever opens a page on which the thing stands has read the notice; `notices` is the page of notices itself, which says it whole
([why](decisions/0084-read-where-it-stands.md)).

"""
MEETINGS = """
## The mails of a meeting

Whoever comes to a meeting, member or guest, is written to by the meeting itself, whatever they chose of notices: these mails are no
notices, and giving the place back stops them ([why](decisions/0124-after-a-meeting.md)). Each is written once for a registration, a
kind and a date, as things stand when the worker writes it; what is no longer so is not told. Those that give a place, move it or take
it back carry it for the calendar. Minutes go to guests alone: members are told as they chose.

"""
WHO = {
    "unconfirmed": "who has yet to confirm",
    "in": "who has a place",
    "waiting": "who waits for one",
    "cancelled": "who gave theirs back, or has it no more",
}


def permissions(_app: Flask) -> str:
    """Print the permission book, which the rooms fill as the application is imported."""
    return RIGHTS + "\n".join(lines()) + "\n```\n"


def notices(app: Flask) -> str:
    with app.test_request_context(), force_locale("en"):
        return (
            NOTICES_HEAD
            + _table("on", "by", "who")
            + "".join(_reactions())
            + FOLLOWERS
            + _table("fact", "who")
            + "".join(f"| `{kind}` | {_say(function)} |\n" for kind, function in AUDIENCES.items())
            + PACES
            + _table("topic", "pace", "kind", "read on the page of", "sentence")
            + "".join(_kinds())
            + MEETINGS
            + _table("mail", "to")
            + "".join(
                f"| `{kind}` | {', '.join(WHO[state] for state in states)} |\n"
                for kind, states in place_mails.TELLS_OF.items()
            )
        )


def _table(*heads: str) -> str:
    return f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"


def _reactions() -> Iterator[str]:
    for signal, reactions in sorted(wiring.REACTIONS.items(), key=lambda pair: pair[0].__name__):
        for react in reactions:
            if react.__module__.startswith(REACTIONS):
                place = f"{react.__module__.removeprefix(REACTIONS)}.{react.__name__}"
                yield f"| `{signal.__name__}` | `{place}` | {_say(react)} |\n"


def _kinds() -> Iterator[str]:
    ranks = {topic: rank for rank, topic in enumerate((*topics.USUAL, topics.COMING, topics.SECURITY))}
    for name, kind in sorted(topics.KINDS.items(), key=lambda item: (ranks[item[1].topic], item[0])):
        pace = topics.get_usual_pace(kind.topic)
        yield (f"| {kind.topic} | {pace} | `{name}` | {', '.join(kind.pages)} | {_sentence(name)} |\n")


def _sentence(kind: str) -> str:
    return COUNTED[kind](count=3, **NAMED) if kind in COUNTED else str(NOTICES[kind])


def _say(function: Callable[..., Any]) -> str:
    """Return the first paragraph of what a function says of itself."""
    return " ".join((function.__doc__ or "").strip().partition("\n\n")[0].split())


PAGES = {HOUSE / "docs" / "permissions.md": permissions, HOUSE / "docs" / "notices.md": notices}

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        site = create_app(**SETTINGS, DATA_DIR=Path(folder), DATABASE_URL=f"sqlite:///{folder}/none.db")
        for file, page in PAGES.items():
            file.write_text(page(site), encoding="utf-8")
