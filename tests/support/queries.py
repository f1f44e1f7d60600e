"""What a page costs: the statements that went to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.core.db import db
from app.core.unit import unit
from tests.support.browser import Browser
from tests.support.guards import is_comparing

# What a page may cost: to the public, to somebody signed in, and to who has a charge (who else has one is asked too).
PUBLIC, MEMBER, TEAM = 6, 9, 10
FRAMES = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@contextmanager
def record_statements() -> Iterator[list[str]]:
    """List the statements sent meanwhile, whoever sends them (transaction frames apart)."""
    statements: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(FRAMES) and not is_comparing.get():
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def cost(browser: Browser, path: str) -> int:
    """Ask for a page twice, and count the second time: what a process keeps is there."""
    browser.get(path)
    with record_statements() as statements:
        answer = browser.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status}"
    return len(statements)


def costs_alike(fill: Callable[[int], Any], *pages: tuple[Browser, str], most: int = MEMBER) -> None:
    """Fail when a page costs more once `fill` has added many things than with one, or more than a page may.

    `fill` is called in a transaction: it asks for no page, and ends no transaction.
    """
    _add(fill, 1)
    few = [cost(*page) for page in pages]
    _add(fill, 19)
    many = [cost(*page) for page in pages]
    found = [(path, *costs) for (_browser, path), *costs in zip(pages, few, many, strict=True)]
    wrong = [f"{path}: {one} statements" for path, one, _twenty in found if one > most]
    wrong += [
        f"{path}: {one} statements, then {twenty} with twenty things" for path, one, twenty in found if twenty != one
    ]
    assert not wrong, "\n".join(
        [f"A page sends {most} at most (tests/support/queries.py), however long its lists are", *wrong]
    )


def _add(fill: Callable[[int], Any], times: int) -> None:
    """Have things added in one transaction; fail when it was ended meanwhile, since a rollback would lose some."""
    with unit():
        transaction = db.session().get_transaction()
        fill(times)
        assert db.session().get_transaction() is transaction, "fill ended the transaction that it was called in"
