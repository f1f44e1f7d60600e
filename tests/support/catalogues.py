"""The catalogues of the interface: gathered from the code and the templates (`python -m tests.support.catalogues`)."""

import os
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app import HOUSE
from app.core.text.typography import french

TRANSLATIONS = HOUSE / "translations"
LANGUAGES = {"fr": "fr", "en": "en"}
KEYWORDS = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
HEADER = "# Interface of the platform. Message ids are French, typed plainly; `make translations` gathers them.\n#"


def gather() -> Catalog:
    """Read every message of the interface."""
    with (HOUSE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(charset="utf-8")
    for place in ("app", "templates"):
        found = extract_from_dir(str(HOUSE / place), methods, options, KEYWORDS)
        for name, _line, message, _comments, context in found:
            catalogue.add(message, locations=[(f"{place}/{name}", 0)], context=context)
    return catalogue


def file_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    """Read the catalogue of a language, or an empty one."""
    if not file_of(language).exists():
        return Catalog(locale=LANGUAGES[language])
    with file_of(language).open("rb") as file:
        return read_po(file, locale=LANGUAGES[language])


def update() -> None:
    """Bring both catalogues to the messages there are: French is typeset from them, English keeps the words it has."""
    messages = gather()
    for language in LANGUAGES:
        before, after = (
            read_catalogue(language),
            Catalog(
                locale=LANGUAGES[language],
                charset="utf-8",
                fuzzy=False,
                header_comment=HEADER,
                project="Réflexe DS",
                version="1",
            ),
        )
        for message in messages:
            if message.id:
                existing = before.get(message.id, message.context)
                after.add(
                    message.id,
                    typeset(message.id) if language == "fr" else curl(existing.string) if existing else None,
                    locations=message.locations,
                    context=message.context,
                )
        _write(after, file_of(language))


def typeset(message: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Set a French message as it is printed."""
    return french(message) if isinstance(message, str) else tuple(french(form) for form in message)


def curl(message: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """Set an English message as it is printed: its apostrophes."""
    return message.replace("'", "’") if isinstance(message, str) else tuple(form.replace("'", "’") for form in message)


def _write(catalogue: Catalog, file: Path) -> None:
    # A fixed date: the file changes when its messages do.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalogue, width=110, sort_output=True, include_lineno=False)


def compile_stale() -> None:
    """Compile the catalogues whose texts are newer than what the application reads."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            new = target.with_suffix(f".{os.getpid()}")
            with source.open("rb") as file, new.open("wb") as out:
                write_mo(out, read_po(file))
            new.replace(target)


if __name__ == "__main__":
    update()
    compile_stale()
