"""What an error may say in a log: where it happened and which statement failed, never a value, which is somebody's."""

import re
import sqlite3
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# These speak of code: their quoted words are names of ours.
OF_CODE = (AttributeError, ImportError, NameError, NotImplementedError, TypeError)
# What PostgreSQL says of a value that it can't read, or of a query of words that it can't: it quotes them.
QUOTING = ("22", "42601")
LONGEST = 300
TRACE = "Traceback (most recent call last):"
_QUOTED = re.compile(r"""(?<!\w)('(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|«[^»]*»?)""")
# It begins where no sign of one stands before: tried at each sign, it would take the square of a long word.
_ADDRESS = re.compile(r"(?<![^\s<>:;,()'\"])[^\s<>:;,()'\"]+@[^\s<>:;,()'\"]+")


def watch(engine: Engine) -> None:
    """Take the values out of what the database says of a statement, wherever the error goes from there."""

    @event.listens_for(engine, "handle_error")
    def strip(context: Any) -> None:
        error, wrapper = context.original_exception, context.sqlalchemy_exception
        if isinstance(error, psycopg.Error | sqlite3.Error):
            error.args = (_of_database(error),)
            if isinstance(wrapper, DBAPIError):
                wrapper.args = (f"({_name(error)}) {error}",)
                # What was looked for stands in the SQL itself (`indexed_words.matching`).
                wrapper.statement = wrapper.statement and _mask_quoted(wrapper.statement)


def describe(error: BaseException) -> str:
    """Return the kind of an error and what it says, on some lines, without what a person typed."""
    text = _text(error)
    return f"{_name(error)}: {text}" if text else _name(error)


def _text(error: BaseException) -> str:
    if isinstance(error, SQLAlchemyError):
        return mask_addresses(str(error))
    if isinstance(error, psycopg.Error | sqlite3.Error):
        return mask_addresses(_of_database(error))
    text = mask_addresses(str(error))[:LONGEST]
    return text if isinstance(error, OF_CODE) else _mask_quoted(text)


def _of_database(error: psycopg.Error | sqlite3.Error) -> str:
    """Return the first line of a database error; its details are left out, since they quote values of rows."""
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        state, text = error.sqlstate or "", error.diag.message_primary
        return f"{_mask_quoted(text) if state.startswith(QUOTING) else text} [{state}]"
    is_away = isinstance(error, psycopg.OperationalError)
    return str(error) if is_away else _mask_quoted(str(error))


def mask(text: str) -> str:
    """Return a message without addresses, and without what is quoted at the end of a trace that it holds."""
    if TRACE in text:
        text = "\n".join(line if line[:1].isspace() else _mask_quoted(line) for line in text.splitlines())
    return mask_addresses(text)


def _mask_quoted(text: str) -> str:
    return _QUOTED.sub("'…'", text)


def mask_addresses(text: str) -> str:
    return _ADDRESS.sub("…", text)


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
