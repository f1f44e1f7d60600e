"""What the tests of reading repeat: a notice, the notices that were read, the bell of a page."""

from typing import Any

from app.notifications.models import Notice
from app.notifications.topics import get_topic
from tests.support.make import Make
from tests.support.rows import every


def tell(make: Make, person: Any, kind: str, n: int, **columns: Any) -> Notice:
    notice: Notice = make.add(
        Notice(key=f"{kind}:{n}", user_id=person.id, kind=kind, topic=get_topic(kind), pace="site", **columns)
    )
    return notice


def read_ids() -> set[int]:
    return {notice.id for notice in every(Notice, Notice.read_at.is_not(None))}


def bell(page: Any) -> str:
    return str(page.soup.select_one(".bell svg")["aria-label"]).replace("\xa0", " ").replace("\u202f", " ")
