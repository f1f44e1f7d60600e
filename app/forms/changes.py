"""The form of a public text that may have a change waiting for a team."""

from wtforms import HiddenField

from app.accounts.models.changes import HeldRevision
from app.forms.traps import TrapForm


class ChangeForm(TrapForm):
    """A change of a public text; `waiting` names what the page showed of a change that waits ("" for nothing)."""

    waiting = HiddenField()

    def show(self, revision: HeldRevision | None) -> None:
        """Note the version of the change that the page shows now."""
        self.waiting.data = revision.version if revision else ""
