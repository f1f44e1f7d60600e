"""What a form notices of the way it was filled: a field that people never see, and the time it took.

It stops nobody by itself: a form that was left open for a day, found again by going back, or filled by a password
manager is like any other. A form that does not come from one of our pages gets a sign.
"""

from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Length

from app.accounts.models.changes import HeldRevision
from app.accounts.trust import TRAP
from app.core import clock, keys
from app.core.keys import Purpose
from app.forms.base import Form, line_field

FORGERY = "form"


class TrapForm(Form):
    """A form with a trap and a stamp: the signed time at which the page was made, bound to the key of this form."""

    website = line_field(_l("Laissez ce champ vide"))
    stamp = HiddenField(validators=[Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.page_time = self._read_page_time()
        if self.page_time is None:
            self.stamp.data = keys.get_keys(current_app.config).stamp(Purpose.PAGE_TIME, self._key())

    def signs(self, *, since: datetime | None = None) -> list[str]:
        """Return the codes of what is odd; a text is written since its page was made, or since its draft was begun."""
        codes = [TRAP] if self.website.data else []
        start = min(filter(None, (since, self.page_time)), default=None)
        if start is None or not (since or self.website.raw_data):
            return [*codes, FORGERY]
        seconds = int((clock.now() - start).total_seconds())
        return [*codes, f"fast:{seconds}"] if seconds < current_app.config["TYPING_SECONDS"] else codes

    def _read_page_time(self) -> datetime | None:
        """Read when the page was made; None if the stamp is missing, forged, or that of another form."""
        key, page_time = keys.get_keys(current_app.config).read_stamp(Purpose.PAGE_TIME, self.stamp.data or "") or (
            "",
            None,
        )
        return page_time if key == self._key() else None

    def _key(self) -> str:
        field = self._fields.get("form_key")
        return str(field.data or "") if field else ""


class ChangeForm(TrapForm):
    """A change of a public text; `waiting` names what the page showed of a change that waits ("" for nothing)."""

    waiting = HiddenField()

    def show(self, revision: HeldRevision | None) -> None:
        """Note the version of the change that the page shows now."""
        self.waiting.data = revision.version if revision else ""
