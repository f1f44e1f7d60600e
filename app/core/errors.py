"""The refusals a command may answer with; the doors turn them into pages."""

from typing import Any


class DomainError(Exception):
    """A rule of the platform says no; `message` is a message id for the person who asked."""

    def __init__(self, message: str = "", **values: object):
        super().__init__(message)
        self.message, self.values = message, values


class Forbidden(DomainError):
    """The actor may not do this: a permission, by its name, about a `subject` if there is one."""

    def __init__(self, permission: str = "", subject: Any = None):
        super().__init__(permission)
        self.permission, self.subject = permission, subject


class NotFound(DomainError):
    """It does not exist, or the actor may not know that it does."""


class NotSent(DomainError):
    """Nothing is done in this request, which only asks for a page again (`unit.forbid`)."""


class Conflict(DomainError):
    """It can't be done in the present state: closed, already done, changed meanwhile."""


class Invalid(DomainError):
    """What was given can't be taken; `field` names the form field concerned, if one is."""

    def __init__(self, message: str, field: str | None = None, **values: object):
        super().__init__(message, **values)
        self.field = field


class TooMany(DomainError):
    """A limit was met; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int, **values: object):
        super().__init__(message, **values)
        self.retry_after = retry_after


def N_(message: str) -> str:
    """Mark a message id for translation; the doors translate it."""
    return message
