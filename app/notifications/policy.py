from typing import Any

from app.core.actor import Actor
from app.core.permits import Permission


def is_someone(actor: Actor, _subject: Any) -> bool:
    return actor.is_someone


READ = Permission("notice:read", [is_someone])
