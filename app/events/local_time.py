"""An hour of the region, as people write it, and the moments that it names: one, none or two at a change of clocks."""

from datetime import UTC, date, datetime, time

from app.core.clock import ZONE


def list_moments(day: date, hour: time) -> list[datetime]:
    """Return the moments that bear this day and hour, the first first.

    In spring an hour is skipped and names none; in autumn one comes twice.
    """
    wanted = datetime.combine(day, hour)
    found = []
    for fold in (0, 1):
        moment = wanted.replace(tzinfo=ZONE, fold=fold).astimezone(UTC)
        if moment not in found and moment.astimezone(ZONE).replace(tzinfo=None) == wanted:
            found.append(moment)
    return found


def get_day_and_hour(moment: datetime) -> tuple[date, time]:
    """Return the day and the hour that a moment bears in the region."""
    local = moment.astimezone(ZONE)
    return local.date(), local.time().replace(second=0, microsecond=0)


def is_second(moment: datetime) -> bool:
    """Tell whether a moment is the second of the two that bear its day and hour."""
    return list_moments(*get_day_and_hour(moment))[1:] == [moment]
