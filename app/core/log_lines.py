"""The log: each line begins with the time, with its zone, and the level; none names a person."""

import logging
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from datetime import datetime
from types import TracebackType
from typing import Any

from app.core import error_words

BETWEEN = "During the handling of the above:"
CAUSE = "Which was the cause of:"
OPTIONS = {"()": "app.core.log_lines.Lines"}
# For a server that writes its own lines: they and all others go the same way, in the same form.
SETTINGS: dict[str, Any] = {
    "formatters": {"generic": OPTIONS, "access": OPTIONS},
    "handlers": {
        name: {"class": "logging.StreamHandler", "formatter": formatter}
        for name, formatter in (("console", "generic"), ("access", "access"))
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
logger = logging.getLogger("reflexe")


class Lines(logging.Formatter):
    """Write a record as lines that all begin alike: nothing that is logged can pass for a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        parts = [error_words.mask(record.getMessage()), *(_trace(error) if error else ())]
        return format_lines("\n".join(parts), record.levelname, record.created)


def format_lines(text: str, level: str, moment: float | None = None) -> str:
    """Write a text as lines of the log, of this moment unless another is given."""
    at = datetime.fromtimestamp(time.time() if moment is None else moment).astimezone()
    return "\n".join(f"{at.isoformat(timespec='milliseconds')} {level} {line}" for line in text.splitlines() or [""])


def _trace(error: BaseException) -> Iterator[str]:
    """Write where an error comes from and what it is, after the one that caused it."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _trace(before)
        yield CAUSE if error.__cause__ else BETWEEN
    yield "".join(traceback.format_tb(error.__traceback__))
    yield error_words.describe(error)


def begin() -> None:
    """Have all that this process logs, warnings and errors that end it included, go to standard error as such lines."""
    handler = logging.StreamHandler(_Errors())
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level="WARNING", force=True)
    logger.setLevel("INFO")
    logging.captureWarnings(True)
    sys.excepthook = _log_end
    threading.excepthook = lambda end: logger.error("a thread ended", exc_info=end.exc_value)
    sys.unraisablehook = lambda lost: logger.error("an error went unheard", exc_info=lost.exc_value)


class _Errors:
    """Standard error as it is at each line: a test puts another one in its place."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def _log_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logger.critical("this command ended", exc_info=error)
