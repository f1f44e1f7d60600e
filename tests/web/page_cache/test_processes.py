"""The site as it is served, by several processes: none gives an older page than the one that was stored."""

import re
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import select

from app import HOUSE, create_app
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.operations import schema
from tests.support import databases, terminal
from tests.support.house import SETTINGS
from tests.support.network import free_port

CHANGES, READINGS = 25, 12


def read(url: str) -> str:
    """Read a title through a connection of its own: any of the processes answers."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        found = re.search("<h1[^>]*>(.*?)</h1>", answer.read().decode(), re.DOTALL)
    return found[1].strip() if found else ""


@pytest.mark.soak
@pytest.mark.both_engines
def test_every_process_gives_what_was_just_stored(engine: str, tmp_path: Path) -> None:
    port, url = free_port(), databases.new(engine, "reflexe_processes", tmp_path)
    site = f"http://127.0.0.1:{port}"
    settings = terminal.environment(
        tmp_path, url, DEMO="1", PORT=str(port), WEB_WORKERS="2", SITE_URL=site, RATELIMIT_ENABLED="0"
    )
    with terminal.background_process(settings, "run", cwd=HOUSE) as process:
        terminal.until(lambda: terminal.answers(f"{site}/healthz") or process.poll() is not None, "the site answers")
        app = create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=url)
        with app.app_context():
            idea = db.session.scalars(select(Idea).where(Idea.status == "published").limit(1)).one()
            idea_id, address = idea.id, f"{site}/ideas/{idea.id}-{idea.slug}"
            for n in range(CHANGES):
                with unit():
                    db.session.get_one(Idea, idea_id).title = f"Le titre numéro {n}"
                assert {read(address) for _n in range(READINGS)} == {f"Le titre numéro {n}"}
            schema.disconnect()
