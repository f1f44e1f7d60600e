"""The texts that people accept or read, in Markdown, with the version written on their first line."""
from functools import cache
from pathlib import Path

from flask import current_app

from app.core.errors import NotFound
from app.core.text import markdown
from app.core.text.escaping import escape

ACCEPTED = ("charter", "privacy")
FOLDER = "pages/_content"


def document(name: str, lang: str) -> tuple[str, str]:
    """Give the version and the HTML of a text in a language (in French when it has no other)."""
    number, source = _read(_file(name, lang))
    for key, value in _places().items():
        source = source.replace("{" + key + "}", escape(value))
    return number, markdown.render(source)


def version(name: str) -> str:
    """Give the version in force: that of the French text."""
    return _read(_file(name, "fr"))[0]


def versions() -> dict[str, str]:
    """Give the version of each text that a person accepts when they register."""
    return {name: version(name) for name in ACCEPTED}


def _file(name: str, lang: str) -> Path:
    folder = Path(current_app.template_folder or "templates") / FOLDER
    for language in (lang, "fr"):
        file = folder / f"{name}.{language}.md"
        if file.is_file():
            return file
    raise NotFound()


@cache
def _read(file: Path) -> tuple[str, str]:
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("version:").strip(), rest


def _places() -> dict[str, str]:
    config = current_app.config
    return {
        "site_name": config["SITE_NAME"], "organisation": config["SITE_ORGANISATION"],
        "privacy_officer_name": config["PRIVACY_OFFICER_NAME"],
        "privacy_officer_email": config["PRIVACY_OFFICER_EMAIL"]}
