from typing import Any

from app.core.actor import Actor
from app.core.permits import Permission, anyone
from app.notifications.models import Notice


def is_someone(actor: Actor, _subject: Any) -> bool:
    return actor.is_someone


def is_own(actor: Actor, notice: Notice) -> bool:
    return actor.is_someone and notice.user_id == actor.id


READ = Permission("notice:read", [is_someone])
# Whoever has the link of a mail is the person it was written to: its signature is checked where it is read.
UNSUBSCRIBE = Permission("notice:unsubscribe", [anyone])
OPEN = Permission("notice:open", [is_own])
