from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class MeasureTaken(Signal):
    """Something was done to a content or to a person; the row tells what, why and by whom."""

    measure_id: int
