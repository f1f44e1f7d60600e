"""The pages of what came of a meeting have no barrier, on a phone either, in both languages and themes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.accounts.models.people import User
from app.core import clock as now
from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.service import minutes as service
from tests.events.stored import event_in
from tests.support.make import Make
from tests.support.rows import again
from tests.support.world import HERE

ENDS = ("", "/minutes", "/minutes/1", "/attendance")


def test_minutes_are_written_and_read_without_a_barrier(
    make: Make, fae: User, people: Any, page_for: Callable[..., Any], axe: Callable[..., Any]
) -> None:
    start, idea = now.now() - timedelta(hours=5), make.idea(title="Un toit partagé")
    event = event_in(make, room=make.room(HERE), author_id=fae.id, starts_at=start, mode="hybrid", territory_id=5)
    page = page_for(fae, width=360, theme="dark")
    for end in ENDS[:2]:
        page.goto(f"/events/{event.id}{end}")
        axe(page)
    decisions = [DecisionWords("On forme un comité", "Luc", None, f"#{idea.id}")]
    service.publish(people["facilitator"], again(event), MinutesWords("Oui", decisions, "", 31, 12))
    for theme, width, lang in (("light", 1280, "en"), ("dark", 360, "fr")):
        page = page_for(fae, width=width, theme=theme, lang=lang)
        for end in ENDS:
            page.goto(f"/events/{event.id}{end}")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), end
