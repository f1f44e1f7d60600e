"""What the worker writes to its log while something is away."""

import logging
import time

from app.core import log_lines
from app.operations import outages

QUIET = 60


class OutagesInOneLine(logging.Filter):
    """Say an outage in one line a minute, where the queue would print a traceback every second."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        text = outages.explain(error) if error else None
        if text is None:
            return True
        record.msg, record.args, record.exc_info, record.exc_text = text, (), None, None
        now = time.monotonic()
        if now - self._last.get(text, -QUIET) < QUIET:
            return False
        self._last[text] = now
        return True


def quieten(name: str) -> None:
    """Have a library's log go to standard error, with its outages in one line."""
    handler = logging.StreamHandler()
    handler.setFormatter(log_lines.Lines())
    handler.addFilter(OutagesInOneLine())
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    logger.propagate = False
