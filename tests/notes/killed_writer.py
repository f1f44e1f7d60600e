"""A process that saves the notes of a session, killed again and again, for a test to run.

`python -m tests.notes.killed_writer <address of a database> <folder> <trials> <seed>`. Each trial saves a text, which joins
it, keeps it and may begin another part. The process is killed at a step taken at random; another one sends the same again.
"""

import random
import sys
from pathlib import Path

from huey.storage import MemoryStorage

from app import create_app
from app.core.db import db
from app.forum.models import Forum
from app.notes.models import NoteVersion
from app.notes.queries import faults, texts
from app.notes.service import texts as service
from app.notes.service.texts import Sent
from app.operations import schema
from tests.forum.stored import place_in
from tests.notes.stored import session_in, who_at
from tests.support.house import SETTINGS
from tests.support.make import Make
from tests.web.events.killed_worker import is_killed
from tests.web.notices.killed_worker import Steps

LINE = "x" * 99


def main(url: str, folder: str, trials: str, seed: str) -> None:
    chance = random.Random(int(seed))
    app = create_app(**SETTINGS, DATA_DIR=Path(folder), DATABASE_URL=url)
    app.extensions["huey"].storage = MemoryStorage()
    with app.app_context():
        make, steps = Make(), Steps()
        topic = session_in(make)
        topic_id, forum_id = topic.id, topic.forum_id
        user = make.user("Denise Marguerite")
        place_in(make, db.session.get_one(Forum, forum_id), user)
        actor = make.actor(user)
        schema.disconnect()

        def save(sent: Sent) -> None:
            service.save(actor, who_at(actor, topic_id, forum_id), sent)
            schema.disconnect()

        save(Sent(1, 0, False, "\n".join([LINE] * 198), "first"))
        usual, killed = 0, 0
        for trial in range(int(trials)):
            # Each goes on from nothing, so that it is joined to all that stands, and goes on in another part.
            sent = Sent(1, 0, False, f"mot{trial}\nmot{trial} encore", f"clef{trial}")
            steps.taken, steps.last = 0, 0
            if trial < 2:
                save(sent)
                usual = max(usual, steps.taken)
                continue
            killed += is_killed(steps, lambda sent=sent: save(sent), at=chance.randint(1, usual))
            save(sent)
        print(killed, *_list_faults(topic_id, int(trials)), sep="\n")
        schema.disconnect()


def _list_faults(topic_id: int, trials: int) -> list[str]:
    """Say what is lost, or is there twice."""
    words = " ".join(part.text for part in texts.list_parts(topic_id)).split()
    sent = [one.sent for one in db.session.query(NoteVersion).filter_by(topic_id=topic_id, part=1)]
    lost = [f"mot{n} stands {words.count(f'mot{n}')} times" for n in range(trials) if words.count(f"mot{n}") != 2]
    kept = [f"mot{n} is kept otherwise than once" for n in range(trials) if sent.count(f"mot{n}\nmot{n} encore") != 1]
    return [*lost, *kept, *faults.list_faults()]


if __name__ == "__main__":
    main(*sys.argv[1:])
