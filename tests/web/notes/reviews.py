"""What the tests of the review do again and again, through the real forms."""

from app.core.db import db
from app.notes.models import PublishedLine


def line_of(number):
    db.session.rollback()
    return db.session.get_one(PublishedLine, number)


def publish(browser, page, room, **typed):
    return browser.submit(page, "form[action$='/idea']", follow=True, **({"community": str(room.id)} | typed))


def put_aside(browser, address, *lines):
    """Put lines aside together, with a reason."""
    typed = {"lines": [str(number) for number in lines], "reason": "Déjà fait en 2025"}
    return browser.submit(f"{address}?become=aside", "form[action*='/aside']", follow=True, **typed)
