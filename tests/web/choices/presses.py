"""What is pressed on the pages of convergence, and what they show."""

from app.choices.models import ChoiceDot
from app.core.db import db
from app.notes.models import NoteLine, SessionNotes
from tests.choices.stored import WORDS

BALLOT = "form.ballot"


def url(forum, end=""):
    return f"/forums/{forum.id}/convergence{end}"


def dots_of(page):
    return [one["value"] for one in page.soup.select(".ballot .input")]


def purse(page):
    return page.soup.select_one(".purse b").get_text(" ", strip=True)


def press(browser, page, what, title=WORDS[0], **typed):
    """Press the button that places a dot on a candidate, or takes one off."""
    label = f"{what} une pastille : {title}"
    button = next(
        one
        for one in page.soup.select(".pips button")
        if one["aria-label"].replace("\xa0", " ").replace("’", "'") == label
    )
    return browser.submit(page, BALLOT, button=button["value"], follow=True, **typed)


def add_line(make, topic, text, **columns):
    if db.session.get(SessionNotes, topic.id) is None:
        make.add(SessionNotes(topic_id=topic.id))
    return make.add(NoteLine(topic_id=topic.id, kind="idea", text=text, sent_as=text, **columns))


def count_dots():
    db.session.rollback()
    return sum(dots for (dots,) in db.session.query(ChoiceDot.dots))


def stop(team, forum):
    return team.submit(url(forum, "/stopping"), "form.form", follow=True)


def tally(team, forum):
    return team.submit(url(forum, "/counting"), "form.form", follow=True)
