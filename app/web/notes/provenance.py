"""Where something was said, in words: the forum, its date, the session and how many people were there."""

from collections.abc import Iterable

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.core.text import markdown
from app.forum.participants import Participant
from app.notes.models import PublishedLine
from app.notes.queries import review as queries
from app.web.frame.locale import format_day


def tell(who: Participant, line: PublishedLine) -> str:
    """Say where a line was said: « Forum ouvert du 11 mars 2027, séance « Le 15 du mois », 34 personnes »."""
    topic, people = queries.get_topic(line.topic_id), queries.get_people_count(line.topic_id)
    where = _(
        "Forum ouvert du %(day)s, séance « %(title)s »", day=format_day(who.forum.event.starts_at), title=topic.title
    )
    return f"{where}, {ngettext('%(num)s personne', '%(num)s personnes', people)}" if people else where


def quote(who: Participant, line: PublishedLine, beside: Iterable[PublishedLine] = ()) -> str:
    """Write a line as it was said, in its language, under where it was said; with others of the session (`beside`)."""
    with force_locale(line.lang):
        return markdown.quote("\n\n".join(one.text for one in (line, *beside)), tell(who, line)).strip()
