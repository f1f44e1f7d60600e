"""What the worker writes to its log while something is away."""
import logging
import time

from app.operations import outages

QUIET = 60


class InOneLine(logging.Filter):
    """Say an outage in one line a minute, where the queue would print a traceback every second."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        said = outages.line(error) if error else None
        if said is None:
            return True
        record.msg, record.args, record.exc_info, record.exc_text = said, (), None, None
        before, self.said[said] = self.said.get(said), time.monotonic()
        if before is not None and self.said[said] - before < QUIET:
            self.said[said] = before
            return False
        return True


def in_one_line(name: str) -> None:
    """Have a library's log go to standard error, with its outages in one line."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(InOneLine())
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    logger.propagate = False
