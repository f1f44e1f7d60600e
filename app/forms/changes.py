"""What the form of a public text knows of a change that waits."""
from wtforms import HiddenField

from app.accounts.models.changes import HeldRevision
from app.forms.traps import Watched


class ChangeForm(Watched):
    """A change of a public text; `waiting` names what the page showed of a change that waits ("" for nothing)."""

    waiting = HiddenField()

    def show(self, held: HeldRevision | None) -> None:
        """Name what the page shows now."""
        self.waiting.data = held.version if held else ""
