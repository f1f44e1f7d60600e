"""A program that serves from a copy of the house whose files become those of another version: it tells which of them it read.

Run as `python moved_house.py HOUSE`, with `app` of that copy on the path. It reads the pages to ask for as JSON
([[reader, cookie, path], …]) on its standard input, and writes what happened on its standard output.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

HOUSE = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
OTHER = "ANOTHER VERSION"
# What the house holds, but for what is made beside it.
PLACES = ("app", "config.py", "docs", "migrations", "pyproject.toml", "static", "templates", "translations")
reads: dict[str, str] = {}


def watch() -> None:
    """Note each file of the house that is opened from now on, and who opens it."""

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str | bytes | os.PathLike):
            path = Path(os.fsdecode(arguments[0]))
            if path.is_relative_to(HOUSE):
                reads[str(path.relative_to(HOUSE))] = find_reader(sys._getframe(1))

    sys.addaudithook(note)


def find_reader(frame: FrameType | None) -> str:
    """Return the line of the house that asked for it."""
    while frame and not frame.f_code.co_filename.startswith(str(HOUSE)):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).relative_to(HOUSE)}:{frame.f_lineno}" if frame else "a library"


def become_another_version() -> None:
    for place in map(HOUSE.joinpath, PLACES):
        for file in place.rglob("*") if place.is_dir() else [place]:
            if file.is_file():
                file.write_text(OTHER)


def ask_for(app: Any, pages: list[list[str]]) -> Iterator[list[Any]]:
    """Ask for each page, in one language or the other; yield what was not answered as it should be."""
    files: set[str] = set()
    for n, (_reader, cookie, path) in enumerate(pages):
        client, language = app.test_client(use_cookies=False), ("fr", "en")[n % 2]
        answer = client.get(path, headers={"Cookie": cookie, "Accept-Language": language})
        # A picture is no text.
        text = answer.data.decode(errors="replace")
        files |= {word for word in text.split('"') if word.startswith("/static/")}
        if answer.status_code >= 500 or OTHER in text:
            yield [path, answer.status]
        answer.close()
    for path in sorted(files):
        with app.test_client() as client, client.get(path) as answer:
            if answer.status_code != 200 or OTHER.encode() in answer.data:
                yield [path, answer.status]


def main() -> None:
    pages = json.load(sys.stdin)
    import app as house  # noqa: PLC0415
    from app import scheduled  # noqa: PLC0415
    from app.core import jobs  # noqa: PLC0415

    assert Path(house.__file__).is_relative_to(HOUSE)
    site = house.create_app()
    jobs.prepare(site.extensions["huey"])
    become_another_version()
    watch()
    wrong = list(ask_for(site, pages))
    for name in site.jinja_env.list_templates(extensions=["html", "txt", "xml"]):
        site.jinja_env.get_template(name)
    for name in scheduled.JOBS:
        site.extensions["huey"].execute(jobs._tasks[name].s())
    with site.app_context():
        mails = house.db.session.execute(house.db.text("SELECT subject, text, html FROM outbox")).all()
    wrong += [[mail.subject, "a mail"] for mail in mails if OTHER in f"{mail.subject}{mail.text}{mail.html}"]
    json.dump({"reads": reads, "wrong": wrong, "mails": len(mails)}, sys.stdout)


if __name__ == "__main__":
    main()
