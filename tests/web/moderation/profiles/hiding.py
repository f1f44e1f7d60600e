"""Words that hurt, and what the tests of hidden profiles do again and again."""

from app.notifications.models import Notice
from tests.support.browser import Browser
from tests.support.rows import every

NAME, ABOUT, CLUB = "Injure Canari-nom", "canari-presentation-injure", "canari-club-injure"
WORDS = ("canari-nom", ABOUT, CLUB)
WHY = {"why": "insult", "words": "Ce nom vise une personne."}
SHOWS = dict.fromkeys(
    ("shows_about", "shows_territory", "shows_organisation", "shows_activity", "shows_in_search"), True
)
REASON = {"reason": "Ce nom blesse quelqu'un."}


def notices(user):
    return [(notice.kind, notice.facts.get("reason")) for notice in every(Notice) if notice.user_id == user.id]


def hide(boss: Browser, page: str) -> None:
    assert boss.submit(f"{page}/hiding", "form.form", **REASON).status_code == 303


def write(browser: Browser, **fields):
    return browser.submit("/account/profile", "main form", **fields, follow=True)
