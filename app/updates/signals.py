from dataclasses import dataclass

from app.core.signals import Signal


@dataclass(frozen=True)
class UpdatePublished(Signal):
    update_id: int
