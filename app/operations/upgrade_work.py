"""An upgrade, or a way back, that goes on: its notes, the closed site that it holds, and whom it tells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from huey import Huey

from app.core import clock, maintenance
from app.core.errors import Conflict
from app.operations import running_site, upgrade_notes
from app.operations.upgrade_notes import Notes

Settings = Mapping[str, Any]
Tell = Callable[[str], object]
# In seconds: how long the site may take to answer again.
BEGINNING = 60
NOT_CLOSED = (
    "The site on %(host)s:%(port)s does not see that it is closed: it is of a version that can't, has another "
    "DATA_DIR, or is too busy to answer. Stop it and its worker, then run this again. Nothing was changed."
)


def open_what_stayed_closed(data_dir: Path, tell: Tell) -> None:
    """Open a site that an upgrade which is over left closed: it was killed right before it opened it."""
    left = maintenance.read(data_dir)
    if left and left.why == maintenance.UPGRADE:
        maintenance.close(data_dir, why=maintenance.UPGRADE).reopen()
        tell("The site was still closed, and is open.")


class Work:
    """What the steps share; `show` is told what may be left out, `tell` the rest."""

    def __init__(self, settings: Settings, queue: Huey, notes: Notes, tell: Tell, show: Tell):
        self.settings, self.queue, self.notes, self.tell, self.show = settings, queue, notes, tell, show
        self.data_dir: Path = settings["DATA_DIR"]
        self.hold: maintenance.Hold | None = None
        self.was_seen = False

    def note(self, **changes: Any) -> None:
        """Write down how far it is."""
        self.notes = replace(self.notes, **changes)
        upgrade_notes.write(self.data_dir, self.notes)

    def do(self, steps: Sequence[Callable[["Work"], None]]) -> None:
        """Do these steps, from the one that the notes are at."""
        names = [step.__name__ for step in steps]
        for step in steps[names.index(self.notes.step) :]:
            self.note(step=step.__name__)
            step(self)

    def look_for_an_opening(self) -> None:
        """Note that the site was opened by hand before the end: people may have written since the backup."""
        if self.notes.needs_a_closed_site and not maintenance.is_marked(self.data_dir):
            self.note(was_opened=True)

    def give_up(self) -> None:
        """Leave the site as it was, since nothing was changed: open, and with the way back that it had."""
        self.note(step=upgrade_notes.GIVEN_UP)
        if Path(self.notes.backup).exists():
            self.tell(f"The copy that was made stays, in {self.notes.backup}: delete it once you are sure.")
        if self.hold:
            self.reopen(is_unchanged=True)
        open_what_stayed_closed(self.data_dir, self.tell)
        self.notes = upgrade_notes.give_up(self.data_dir, self.notes)

    def close(self, seconds: float) -> None:
        """Close the site for about so many seconds; nobody is at work then. Raise Conflict."""
        until = clock.now() + timedelta(seconds=seconds)
        self.hold = maintenance.close(self.data_dir, why=maintenance.UPGRADE, until=until)
        found = running_site.ask(self.settings)
        self.was_seen = found == running_site.CLOSED
        if found in (running_site.OPEN, running_site.SILENT):
            raise Conflict(NOT_CLOSED, host=self.settings["HOST"], port=str(self.settings["PORT"]))

    def reopen(self, *, is_unchanged: bool = False) -> None:
        """Open the site, and say whether it answers with the program that is there now."""
        assert self.hold
        self.hold.reopen(is_unchanged=is_unchanged)
        if is_unchanged:
            self.tell("The site is open, as it was.")
        elif not self.was_seen:
            self.tell("The site is open: start it and the worker.")
        elif running_site.wait_until_open(self.settings, BEGINNING):
            self.tell("The site is open, and answers.")
        else:
            self.tell("The site is open, and does not answer yet: look at its log.")
