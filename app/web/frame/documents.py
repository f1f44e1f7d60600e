"""The texts that people accept or read, in Markdown, with the version written on their first line."""

from datetime import datetime, time
from functools import cache, lru_cache
from pathlib import Path

from flask import current_app

from app.accounts import queries
from app.accounts.models.documents import CHARTER, Document
from app.core import clock
from app.core.errors import NotFound
from app.core.text import markdown
from app.core.text.escaping import escape
from app.core.text.plain import clean_text

CONSENT_TEXTS = ("charter", "privacy")
FOLDER = "site/_content"


def load_document(name: str, lang: str, **names: str) -> tuple[str, str]:
    """Return the version and the HTML of a text in a language (in French when it has no other)."""
    number, source = _read_file(_file(name, lang))
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
    return _read_file(_file(name, "fr"))[0]


def get_versions() -> dict[str, str]:
    """Return the version of each text that a person accepts when they register: the date of a text that ships."""
    now = get_charter()
    dates = {name: get_version(name) for name in CONSENT_TEXTS}
    return dates | {CHARTER: str(now.number)} if now.number > 1 else dates


def get_charter() -> Document:
    """Return the charter in force."""
    return queries.find_charter() or load_shipped_charter()


def load_shipped_charter() -> Document:
    """Return the charter that ships with the platform: the first version, until coordinators publish another."""
    (day, french), (_day, english) = (_read_file(_file(CHARTER, lang)) for lang in ("fr", "en"))
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


def _file(name: str, lang: str) -> Path:
    folder = Path(current_app.template_folder or "templates") / FOLDER
    for language in (lang, "fr"):
        file = folder / f"{name}.{language}.md"
        if file.is_file():
            return file
    raise NotFound()


@cache
def _read_file(file: Path) -> tuple[str, str]:
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("version:").strip(), rest


def _placeholders() -> dict[str, str]:
    config = current_app.config
    return {
        "site_name": config["SITE_NAME"],
        "organisation": config["SITE_ORGANISATION"],
        "privacy_officer_name": config["PRIVACY_OFFICER_NAME"],
        "privacy_officer_email": config["PRIVACY_OFFICER_EMAIL"],
    }
