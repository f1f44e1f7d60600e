"""permissions, routes: print the permission book and every address."""

from typing import Any

import click
from flask import current_app

from app.cli.terminal import answer, as_json, on_app, say
from app.core.permits import Permission


@click.command("permissions")
@as_json
@on_app(needs_tables=False)
def permissions(as_json: bool) -> None:
    """Print the permission book: any clause grants, all of its predicates must hold."""
    if as_json:
        answer(book())
        return
    for line in lines():
        say(line)


def book() -> dict[str, list[list[str]]]:
    """Return each permission, by name, with the predicates of its clauses."""
    return {
        name: [[holds.__name__ for holds in clause] for clause in permission.clauses]
        for name, permission in sorted(Permission.book.items())
    }


def lines() -> list[str]:
    """Write the book out: what the terminal prints, and docs/permissions.md with it."""
    width = max(map(len, Permission.book)) + 2
    texts = {name: " | ".join(" & ".join(clause) for clause in clauses) for name, clauses in book().items()}
    return [f"{name:{width}}{text}" for name, text in texts.items()]


@click.command("routes")
@as_json
@on_app(needs_tables=False)
def routes(as_json: bool) -> None:
    """Print every address: method, rule, permission, and whether it asks for an account."""
    rows = sorted(
        (rule.rule, method, *_declaration(rule.endpoint))
        for rule in current_app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    )
    if as_json:
        names = ("rule", "method", "permission", "account")
        answer([dict(zip(names, row, strict=True)) for row in rows])
        return
    width = max(len(row[0]) for row in rows) + 2
    for rule, method, permission, account in rows:
        say(f"{method:6}{rule:{width}}{permission}{' (account)' if account else ''}")


def _declaration(endpoint: str) -> tuple[str, bool]:
    view: Any = current_app.view_functions[endpoint]
    permission = getattr(view, "permission", None)
    return permission.name if permission else "its own", bool(getattr(view, "needs_account", False))
