"""The one clock: UTC below the doors, the region's time only in what is shown."""
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Give the present time, aware, in UTC."""
    return datetime.now(UTC)


def ago(**span: float) -> datetime:
    """Give the time that was `span` (as for timedelta) before now."""
    return now() - timedelta(**span)
