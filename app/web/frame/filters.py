"""The filters and globals of templates: dates, prose, names in the reader's language, catalogues."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from babel.numbers import format_currency
from flask import Flask, url_for
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.accounts.profiles import HIDDEN_NAME
from app.communities.queries import list_facilitators
from app.core import version
from app.core.clock import ZONE
from app.core.permits import can
from app.forms import times
from app.forms.places import get_place_names, kind_name, place_name
from app.reference.queries import get_catalogue
from app.web.frame import (
    confirmation_texts,
    content_links,
    controls,
    event_words,
    links,
    locale,
    plan_words,
    stations,
    team_words,
    words,
)
from app.web.frame.session import me, rooms

GROUP = 999
"""The largest number whose figures stand in one group."""


def prose(html: str) -> Markup:
    """Mark as safe the HTML of our own renderer."""
    return Markup(html)


def label(thing: Any, attribute: str = "name") -> str:
    """Return a name or description in the reader's language, falling back on French."""
    in_english = getattr(thing, f"{attribute}_en", None) if get_locale().language == "en" else None
    return str(in_english or getattr(thing, attribute))


def person(thing: Any) -> str:
    """Name who wrote a content (or an account itself): a closed account is a former member."""
    author = getattr(thing, "author", thing)
    if author is None:
        return str(thing.imported_author.name)
    return name_author(author.name, author.closed_at)


def first_name(name: str) -> str:
    """Return the first word of a name, "" of one that is hidden."""
    return "" if name == HIDDEN_NAME else name.partition(" ")[0]


def name_author(name: str, closed_at: datetime | None) -> str:
    return _("Ancien membre") if closed_at else display_name(name)


def host(topic: Any) -> str:
    """Name who pitched a topic of a forum."""
    return name_host(topic.author, topic.host_name)


def name_host(member: Any, name: str) -> str:
    """Name who holds a topic: a member, or a guest by the name that they gave ("": none, or erased)."""
    return name_author(member.name, member.closed_at) if member else name or _("Une personne participante")


def list_wishes(topic: Any) -> list[str]:
    """Return what a topic of a forum asks of its room."""
    return [str(name) for column, name in words.WISHES.items() if getattr(topic, column)]


def display_name(name: str) -> str:
    """Say the name of an account, which may be hidden, in the reader's language."""
    return _(HIDDEN_NAME) if name == HIDDEN_NAME else name


def member_url(thing: Any) -> str | None:
    """Return the page of who wrote a content, if they have one."""
    number = account_number(thing)
    return None if number is None else url_for("accounts.member", user_id=number)


def account_number(thing: Any) -> int | None:
    """Return the number of who wrote a content (or of an account itself), while their account is open."""
    author = getattr(thing, "author", thing)
    return None if author is None or author.closed_at else int(author.id)


def other_lang(thing: Any) -> str | None:
    """Return the language of a content when it is not the page's."""
    return None if thing.lang == get_locale().language else str(thing.lang)


def write_number(value: Any) -> str:
    """Write a number as the page's language does. A small whole one is the same in both: a map has hundreds of them."""
    return str(value) if isinstance(value, int) and 0 <= value <= GROUP else str(format_decimal(value))


def french(words: str) -> str | Markup:
    """Mark words that are French, as those of the plan are, where the page is not."""
    return in_lang(words, "fr")


def in_lang(words: str, lang: str) -> str | Markup:
    """Mark words in a language that is not the page's."""
    return words if get_locale().language == lang else Markup('<span lang="{}">{}</span>').format(lang, words)


def compose(message: str, **words: str) -> Markup:
    """Put words, which may be marked, in a sentence of the interface: `compose(_("Jalon : %(title)s"), title=…)`."""
    return escape(message) % words


def colon() -> str:
    """Return the colon between two words of a page: after a no-break space in French, against the word in English."""
    return "\u00a0: " if get_locale().language == "fr" else ": "


def team(room: Any) -> str:
    """Name who reads what waits in a community (None: in none), who are coordinators where nobody facilitates it."""
    if room and list_facilitators(room.id):
        return _("L'équipe d'animation de « %(room)s »", room=label(room))
    return _("L'équipe de coordination")


def name_places(ids: Collection[int]) -> str | None:
    """Name the territories of an idea in a few words."""
    names = get_place_names()
    shown = [names[place_id] for place_id in sorted(ids, key=list(names).index)]
    more = _(" et %(n)s autres", n=len(shown) - 2) if len(shown) > 3 else ""
    return ", ".join(shown[:2] if more else shown) + more or None


def extract(key: Any, table: Any) -> Any:
    """Return the value of a key: `{{ ids|map("extract", catalogue().issue) }}`."""
    return table[key]


def capped(count: int, most: int) -> int | str:
    """Return a count as a badge shows it when nothing is counted beyond `most`: "99+" when there are more."""
    return count if count <= most else f"{most}+"


def more_than(count: int, most: int) -> int | str:
    """Return a count as a sentence says it when nothing is counted beyond `most`."""
    return count if count <= most else _("plus de %(num)s", num=most)


def money(dollars: int) -> str:
    """Write an amount of whole dollars: 92 000 $."""
    locale_now = get_locale()
    pattern = "¤#,##0" if locale_now.language == "en" else "#,##0 ¤"
    return str(format_currency(dollars, "CAD", pattern, locale=locale_now, currency_digits=False))


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        prose=prose,
        label=label,
        day=locale.format_day,
        hour=times.hour,
        when=locale.format_moment,
        date_day=locale.format_date_day,
        month=locale.format_month,
        money=money,
        number=write_number,
        person=person,
        host=host,
        wishes=list_wishes,
        display_name=display_name,
        member_url=member_url,
        account_number=account_number,
        other_lang=other_lang,
        french=french,
        name_places=name_places,
        address=links.idea_url,
        event_address=links.event_url,
        event_when=event_words.tell_when,
        event_place=event_words.tell_place,
        event_day=event_words.cut_day,
        event_came=event_words.tell_came,
        event_meeting=event_words.tell_meeting,
        minutes=event_words.tell_minutes,
        whole_address=links.absolute_idea_url,
        place_name=place_name,
        kind_name=kind_name,
        extract=extract,
        iso=lambda moment: moment.isoformat(),
        stations=stations.get_stations,
        control=controls.render_control,
        description_ids=controls.description_ids,
        limit=controls.find_limit,
        capped=capped,
        more_than=more_than,
        team=team,
    )
    app.jinja_env.globals.update(
        version=version.describe(),
        zone=ZONE.key,
        can=lambda name, subject=None: can(me(), name, subject),
        rooms=rooms,
        catalogue=get_catalogue,
        words=words,
        acts=confirmation_texts,
        apart=content_links.explain_apart,
        tags_of=content_links.list_tag_links,
        plan_words=plan_words,
        team_words=team_words,
        colon=colon,
        step_name=stations.step_name,
    )
