"""A process that gives a place back, promotes who waits, reminds and writes, killed again and again, for a test to run.

`python -m tests.web.events.killed_worker <address of a database> <folder> <port of a mail server> <trials> <seed>`. Each
trial is a meeting of its own (« cause 7 ») with one place: somebody gives it back, who waits has it and is reminded. The
process is killed at a step taken at random; another one does the same to the end.
"""

import os
import random
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from huey.storage import MemoryStorage
from sqlalchemy import select, update

from app import create_app
from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.events import mails
from app.events.models.registrations import EventRegistration
from app.events.queries import registrations
from app.events.service import registrations as service
from app.operations import schema
from app.web.events import place_mails
from app.web.frame import mail
from tests.events.coming import confirm, guest, new_event, write_all
from tests.support.house import SETTINGS
from tests.support.make import Make
from tests.web.notices.killed_worker import Steps, end_leases


def main(url: str, folder: str, port: str, trials: str, seed: str) -> None:
    chance = random.Random(int(seed))
    settings = {"REFLEXE_ENV": "production", "MAIL_URL": f"smtp://localhost:{port}"}
    app = create_app(**SETTINGS | settings, DATA_DIR=Path(folder), DATABASE_URL=url)
    # The queue of jobs would be shared with the workers; here nobody listens to it.
    app.extensions["huey"].storage = MemoryStorage()
    with app.app_context():
        make, steps = Make(), Steps()
        for trial in ("first", "second"):
            begin(make, trial)
            steps.taken, steps.last = 0, 0
            work(last_registration())
        usual, killed = steps.taken, 0
        for trial in range(int(trials)):
            begin(make, str(trial))
            number = last_registration()
            killed += is_killed(steps, lambda number=number: work(number), at=chance.randint(1, usual))
            end_leases()
            work(number)
        print(killed)
        schema.disconnect()


def begin(make: Make, trial: str) -> None:
    """Make a meeting of the day after tomorrow whose reminder is due, with one place that is taken and one who waits."""
    start = clock.now() + timedelta(hours=40)
    event = new_event(make, title=f"cause {trial}.", capacity_in_person=1, reminder=3, starts_at=start)
    for n in (2, 1):
        confirm(event, guest(f"{trial}-{n}"))
    write_all()
    with unit():
        long_ago = clock.now() - timedelta(days=9)
        db.session.execute(update(EventRegistration).values(confirmed_at=long_ago))
    schema.disconnect()


def last_registration() -> int:
    """Return the registration that has the place of the last meeting."""
    query = select(EventRegistration.id).where(EventRegistration.state == "in").order_by(EventRegistration.id.desc())
    number = db.session.scalar(query.limit(1))
    schema.disconnect()
    assert number is not None
    return number


def work(number: int) -> None:
    """Give the place back, unless that was done, and do all that follows."""
    registration = registrations.find_registration(number)
    assert registration is not None
    if registration.state == "in":
        service.cancel(ANYONE, registration)
    place_mails.write_mails()
    mails.ask_reminders()
    place_mails.write_mails()
    mail.deliver()
    schema.disconnect()


def is_killed(steps: Steps, act: Callable[[], None], *, at: int) -> bool:
    """Do it in a process of its own, which is killed at this step; tell whether it was."""
    worker = os.fork()
    if worker == 0:
        steps.taken, steps.last = 0, at
        try:
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(worker, 0)[1])


if __name__ == "__main__":
    main(*sys.argv[1:])
