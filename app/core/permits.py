"""Permissions as statutes: any clause whose predicates all hold grants."""

from collections.abc import Callable
from copy import copy
from typing import Any, ClassVar

from app.core.actor import Actor
from app.core.errors import Forbidden

Predicate = Callable[[Actor, Any], bool]


class Permission:
    """A named right; the book holds them all."""

    book: ClassVar[dict[str, "Permission"]] = {}

    def __init__(self, name: str, *clauses: list[Predicate]):
        self.name, self.clauses = name, clauses
        Permission.book[name] = self

    def permits(self, actor: Actor, subject: Any = None) -> bool:
        return any(all(holds(actor, subject) for holds in clause) for clause in self.clauses)

    def whatever(self, *states: Predicate) -> "Permission":
        """Return the same right without these predicates, for a page shown after a refusal; no book holds it."""
        wider = copy(self)
        wider.clauses = tuple([holds for holds in clause if holds not in states] for clause in self.clauses)
        return wider

    def __or__(self, other: "Permission") -> "Permission":
        """Return what either right gives, for a page that both lead to; no book holds it."""
        either = copy(self)
        either.clauses = self.clauses + other.clauses
        return either


def require(actor: Actor, permission: Permission, subject: Any = None) -> None:
    """Raise Forbidden unless the actor has the permission."""
    if not permission.permits(actor, subject):
        raise Forbidden(permission.name, subject)


def can(actor: Actor, name: str, subject: Any = None) -> bool:
    """Answer a template, which knows permissions by name."""
    return Permission.book[name].permits(actor, subject)


def anyone(_actor: Actor, _subject: Any) -> bool:
    return True


def may_take_part(actor: Actor, _subject: Any) -> bool:
    """A confirmed account that is not suspended."""
    return actor.is_someone and actor.is_confirmed and not actor.is_suspended


def noun(thing: Any) -> str:
    """Name the kind of a content, or of all those that a model keeps: idea, comment, update, profile, user.

    A model whose name says more than its kind has it as `NOUN`.
    """
    model = thing if isinstance(thing, type) else type(thing)
    return str(getattr(model, "NOUN", model.__name__.lower()))


def is_of_another(actor: Actor, content: Any) -> bool:
    """Somebody else wrote it, and this person did not report it: nobody decides on their own (docs/decisions)."""
    return content.author_id != actor.id and (noun(content), content.id) not in actor.reported_subjects


def is_coordinator(actor: Actor, _subject: Any) -> bool:
    return actor.is_coordinator


def is_admin(actor: Actor, _subject: Any) -> bool:
    return actor.is_admin
