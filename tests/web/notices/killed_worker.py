"""A worker that is killed while it writes and sends mails, again and again: a process of its own, for a test to run.

`python -m tests.web.notices.killed_worker <address of a database> <folder> <port of a mail server> <trials> <seed>`. Each
trial tells somebody a few things (« cause 7 »), kills the worker at a step taken at random, between two words that it
says to the database or to the mail server, then lets another one finish once the lease is over.
"""

import os
import random
import signal
import smtplib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey.storage import MemoryStorage
from sqlalchemy import event, select, update

from app import create_app
from app.accounts import service
from app.accounts.models.people import User
from app.core import clock
from app.core.db import db
from app.core.mail import Outgoing
from app.core.unit import unit
from app.notifications.service import notices
from app.operations import schema
from app.web.frame import mail
from app.web.notices import immediate_mails
from tests.support.house import SETTINGS

CAUSES = 3
KINDS = ("account.suspended", "account.restored", "account.second_factor")


def main(url: str, folder: str, port: str, trials: str, seed: str) -> None:
    chance = random.Random(int(seed))
    settings = {"REFLEXE_ENV": "production", "MAIL_URL": f"smtp://localhost:{port}"}
    app = create_app(**SETTINGS | settings, DATA_DIR=Path(folder), DATABASE_URL=url)
    # The queue of jobs would be shared with the workers; here nobody listens to it.
    app.extensions["huey"].storage = MemoryStorage()
    with app.app_context():
        service.create(name="Ana", email="ana@example.org", password=None)
        steps = Steps()
        for trial in ("first", "second"):
            tell(trial)
            steps.taken, steps.last = 0, 0
            work()
        usual, killed = steps.taken, 0
        for trial in range(int(trials)):
            tell(str(trial))
            killed += is_killed(steps, at=chance.randint(1, usual))
            end_leases()
            work()
        print(killed)
        schema.disconnect()


class Steps:
    """Count what a worker says to the database and to the mail server, and kill it at the step `last`, if that is not 0."""

    def __init__(self) -> None:
        self.taken = self.last = 0
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(db.engine, name, self._take)
        for name in ("putcmd", "getreply"):
            setattr(smtplib.SMTP, name, self._after(getattr(smtplib.SMTP, name)))

    def _take(self, *_details: Any) -> None:
        self.taken += 1
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _after(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def run(*details: Any) -> Any:
            answer = act(*details)
            self._take()
            return answer

        return run


def tell(trial: str) -> None:
    with unit():
        user_id = db.session.scalar(select(User.id).order_by(User.id))
        for n, kind in enumerate(KINDS):
            notices.tell(user_id, kind, trial, reason=f"cause {trial} {n}.")
    schema.disconnect()


def work() -> None:
    immediate_mails.write_mails()
    mail.deliver()
    schema.disconnect()


def is_killed(steps: Steps, *, at: int) -> bool:
    """Run the worker in a process of its own, which is killed at this step; tell whether it was."""
    worker = os.fork()
    if worker == 0:
        steps.taken, steps.last = 0, at
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(worker, 0)[1])


def end_leases() -> None:
    """Let the time pass after which a mail that a worker held is another's."""
    with unit():
        db.session.execute(update(Outgoing).where(Outgoing.sent_at.is_(None)).values(due_at=clock.now()))


if __name__ == "__main__":
    main(*sys.argv[1:])
