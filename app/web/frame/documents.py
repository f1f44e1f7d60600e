"""The texts that people accept or read, in Markdown, with the version written on their first line."""

from datetime import datetime, time
from functools import lru_cache

from flask import current_app

from app.accounts import queries
from app.accounts.models.documents import CHARTER, Document
from app.core import clock
from app.core.errors import NotFound
from app.core.text import markdown
from app.core.text.escaping import escape
from app.core.text.plain import clean_text
from app.web.frame import templates

CONSENT_TEXTS = ("charter", "privacy")
FOLDER = "site/_content"


def load_document(name: str, lang: str, **names: str) -> tuple[str, str]:
    """Return the version and the HTML of a text in a language (in French when it has no other)."""
    number, source = _read(name, lang)
    return number, render_html(source, **names)


def render_html(source: str, **names: str) -> str:
    """Return the HTML of a text, with the names of this site, and others, where it says `{site_name}`…"""
    return _render(_fill(source, {key: escape(value) for key, value in (_placeholders() | names).items()}))


@lru_cache(maxsize=50)
def _render(source: str) -> str:
    return markdown.render(source)


def fill_names(source: str) -> str:
    """Return a text as it was written, with the names of this site."""
    return _fill(source, _placeholders())


def _fill(source: str, names: dict[str, str]) -> str:
    for key, value in names.items():
        source = source.replace("{" + key + "}", value)
    return source


def get_version(name: str) -> str:
    """Return the version of the text that ships: that of the French text."""
    return _read(name, "fr")[0]


def get_versions() -> dict[str, str]:
    """Return the version of each text that a person accepts when they register: the date of a text that ships."""
    return name_versions(get_charter().number)


def name_versions(number: int) -> dict[str, str]:
    """Return what `get_versions` does, where the charter in force has this number."""
    dates = {name: get_version(name) for name in CONSENT_TEXTS}
    return dates | {CHARTER: str(number)} if number > 1 else dates


def get_charter() -> Document:
    """Return the charter in force."""
    return queries.find_charter() or load_shipped_charter()


def load_shipped_charter() -> Document:
    """Return the charter that ships with the platform: the first version, until coordinators publish another."""
    (day, french), (_day, english) = (_read(CHARTER, lang) for lang in ("fr", "en"))
    at = datetime.combine(datetime.strptime(day, "%Y-%m-%d"), time(), clock.ZONE)
    return Document(
        name=CHARTER,
        number=1,
        body=clean_text(french),
        body_en=clean_text(english),
        summary="",
        asks_again=False,
        at=at,
    )


def get_charter_version(number: int) -> tuple[Document, Document | None]:
    """Return one version of the charter and the one before it."""
    if number == 1 and queries.find_charter() is None:
        return load_shipped_charter(), None
    return queries.get_charter_version(number)


def _read(name: str, lang: str) -> tuple[str, str]:
    sources = (templates.find_source(current_app, f"{FOLDER}/{name}.{language}.md") for language in (lang, "fr"))
    source = next(filter(None, sources), None)
    if source is None:
        raise NotFound()
    first, _, rest = source.partition("\n")
    return first.removeprefix("version:").strip(), rest


def _placeholders() -> dict[str, str]:
    config = current_app.config
    return {
        "site_name": config["SITE_NAME"],
        "organisation": config["SITE_ORGANISATION"],
        "privacy_officer_name": config["PRIVACY_OFFICER_NAME"],
        "privacy_officer_email": config["PRIVACY_OFFICER_EMAIL"],
    }
