"""The language and the theme of a request: asked for in the address, else kept in a plain cookie."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.support import NullTranslations
from flask import Flask, abort, g, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale, get_translations, refresh
from flask_babel import gettext as _
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.core import clock
from app.forms import times
from app.forms.base import format_count

LANGUAGES = ("fr", "en")
TAGS = {"fr": "fr_CA", "en": "en_CA"}
THEMES = ("auto", "light", "dark")
CHOICES = (("lang", LANGUAGES), ("theme", THEMES))
YEAR = 365 * 24 * 3600


class Catalogues(Domain):
    """The texts of each language, found by its code alone: a page asks for a hundred of them."""

    def __init__(self) -> None:
        super().__init__()
        self._by_language: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        if locale is None:
            return super().get_translations()
        found = self._by_language.get(locale.language)
        if found is None:
            found = self._by_language[locale.language] = super().get_translations()
        return found


def init_app(app: Flask) -> None:
    babel = Babel(
        app,
        locale_selector=lambda: TAGS[get_language()],
        default_locale="fr_CA",
        default_timezone=clock.ZONE.key,
        default_translation_directories=str(app.config["TRANSLATIONS"]),
    )
    babel.domain_instance = Catalogues()
    app.jinja_env.globals.update(_=_say, ngettext=_say_number)
    app.before_request(_refuse_unknown)
    app.before_request(_choose)


def read_catalogues(app: Flask, *domains: Domain) -> None:
    """Read the catalogues of each language now: later their files may be of another version."""
    with app.test_request_context():
        for tag in (*LANGUAGES, *TAGS.values()):
            with force_locale(tag):
                get_translations()
                for domain in domains:
                    domain.get_translations()


@pass_eval_context
def _say(template: EvalContext, text: str, /, **values: Any) -> str:
    """Return a text of a template in the reader's language, with the values that it names; it may be HTML."""
    words = _find_text(get_locale().language, text, is_html=bool(template.autoescape), has_values=bool(values))
    return words % values if values else words


@pass_eval_context
def _say_number(template: EvalContext, one: str, many: str, num: int, /, **values: Any) -> str:
    """Do as `_say` with a text that has two forms; the number is one of its values."""
    words = _find_form(get_locale().language, one, many, num, is_html=bool(template.autoescape))
    return words % {"num": format_count(num), **values}


@lru_cache(maxsize=5000)
def _find_text(_language: str, text: str, *, is_html: bool, has_values: bool) -> str:
    """Return a text as it is said in the language of this answer: a page asks for a hundred of them."""
    found = get_translations().ugettext(text)
    words = Markup(found) if is_html else found
    return words if has_values else words % {}


@lru_cache(maxsize=5000)
def _find_form(_language: str, one: str, many: str, num: int, *, is_html: bool) -> str:
    words = get_translations().ungettext(one, many, num)
    return Markup(words) if is_html else words


def get_language() -> str:
    """Return the code of the language of this answer: fr or en."""
    if not has_request_context():
        return str(g.get("language", "fr"))
    if "language" not in g:
        g.language = _read_address("lang", LANGUAGES) or _preference()
    return str(g.language)


def find_chosen_language() -> str | None:
    """Return the language that was chosen once for all in this browser, if only just now; None where none was."""
    chosen = g.get("chosen_language") or request.cookies.get("lang")
    return chosen if chosen in LANGUAGES else None


def _preference() -> str:
    cookie = find_chosen_language()
    if cookie:
        return cookie
    if current_user and current_user.is_authenticated and current_user.locale in LANGUAGES:
        return str(current_user.locale)
    return request.accept_languages.best_match(LANGUAGES, "fr")


def prefer(code: str) -> None:
    """Answer in this language from now on, unless the reader asked for one, here or once for all."""
    if not get_asked_language() and not find_chosen_language() and code in LANGUAGES:
        g.language = code
        refresh()


def get_theme() -> str:
    if "theme" not in g:
        value = _read_address("theme", THEMES) or request.cookies.get("theme", "auto")
        g.theme = value if value in THEMES else "auto"
    return str(g.theme)


def choose(name: str, value: str) -> None:
    """Answer in this language or theme, whatever was chosen before; `name` is "lang" or "theme"."""
    if name == "lang":
        g.language = g.chosen_language = value
    else:
        g.theme = value
    refresh()


def _read_address(name: str, choices: tuple[str, ...]) -> str | None:
    values = request.args.getlist(name)
    return values[0] if len(values) == 1 and values[0] in choices else None


def _refuse_unknown() -> None:
    for name, choices in CHOICES:
        values = request.args.getlist(name)
        if values and (len(values) > 1 or values[0] not in choices):
            abort(400)


def _choose() -> None:
    """Choose the language while the account is at hand: an act forgets what was read before it."""
    get_language()


def remember(answer: Response, name: str, value: str) -> Response:
    """Keep a choice for a year in the browser: `name` is "lang" or "theme"."""
    answer.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return answer


def this_page() -> str:
    """Return the address of this page, without a language or a theme."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name not in ("lang", "theme")]
    return f"{request.path}?{urlencode(others)}" if others else request.path


def keep_choices(url: str) -> str:
    """Add to an address of ours the language and the theme that this page's address asks for."""
    chosen = {name: value for name, choices in CHOICES for value in [_read_address(name, choices)] if value}
    if not chosen:
        return url
    page, hash_mark, place = url.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{urlencode(chosen)}{hash_mark}{place}"


def get_asked_language() -> str:
    """Return the language that the address asks for, or nothing."""
    return _read_address("lang", LANGUAGES) or ""


def format_day(moment: datetime) -> str:
    """Write a date in full: 10 février 2022, 1er mars 2022."""
    return _write_day(moment.astimezone(clock.ZONE).date(), get_locale())


def format_date_day(day: date) -> str:
    """Write a day of the region in full, as `format_day` writes that of a moment."""
    return _write_day(day, get_locale())


def format_day_of_year(moment: datetime) -> str:
    """Write a day without its year: 18 février, 1er mars."""
    local = moment.astimezone(clock.ZONE)
    text = str(format_skeleton("MMMMd", local, locale=get_locale()))
    return text.replace("1 ", "1er ", 1) if local.day == 1 and get_locale().language == "fr" else text


def format_short_day(day: date) -> str:
    """Write a day in few letters, where there is little room: 18 janv. 2027."""
    return str(format_date(day, "medium", locale=get_locale()))


def format_days(first: date, last: date) -> str:
    """Write the days from one to another in few letters: 1–8 janv. 2027."""
    return str(format_interval(first, last, "yMMMd", locale=get_locale()))


def format_month(day: date) -> str:
    """Write the month of a day: septembre 2027."""
    return str(format_date(day, "MMMM y", locale=get_locale()))


@lru_cache(maxsize=2000)
def _write_day(day: date, locale: Locale) -> str:
    text = format_date(day, "long", locale=locale)
    return text.replace("1 ", "1er ", 1) if day.day == 1 and locale.language == "fr" else text


def format_of_month(moment: datetime) -> str:
    """Write the month that something comes from: de novembre, d'avril; with its year after eleven months."""
    local, now = moment.astimezone(clock.ZONE), clock.now().astimezone(clock.ZONE)
    is_recent = (now.year - local.year) * 12 + now.month - local.month < 12
    month = format_date(local.date(), "MMMM" if is_recent else "MMMM y", locale=get_locale())
    return _("d'%(month)s", month=month) if month[0] in "ao" else _("de %(month)s", month=month)


def format_moment(moment: datetime) -> str:
    """Write a day and an hour: 9 février 2022 à 9 h 30, February 9, 2022 at 9:30 a.m."""
    return _("%(day)s à %(hour)s", day=format_day(moment), hour=times.hour(moment))
