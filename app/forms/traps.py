"""What a form notices of the way it was filled: a field that people never see, and the time it took.

It stops nobody by itself: a form that was left open for a day, found again by going back, or filled by a password
manager is like any other. A form that does not come from one of our pages gets a sign.
"""
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadSignature, TimestampSigner
from wtforms import HiddenField
from wtforms.validators import Length

from app.accounts.trust import TRAP
from app.core import clock
from app.forms.base import Form, line

FORGERY = "form"


class TrapForm(Form):
    """A form with a trap and a stamp: the signed time at which the page was made, bound to the key of this form."""

    website = line(_l("Laissez ce champ vide"))
    stamp = HiddenField(validators=[Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.page_time = self._read_page_time()
        if self.page_time is None:
            self.stamp.data = _signer().sign(self._key()).decode()

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
        try:
            key, page_time = _signer().unsign(self.stamp.data or "", return_timestamp=True)
        except BadSignature:
            return None
        return page_time if key.decode("utf-8", "replace") == self._key() else None

    def _key(self) -> str:
        field = self._fields.get("form_key")
        return str(field.data or "") if field else ""


def _signer() -> TimestampSigner:
    config = current_app.config
    return TimestampSigner([*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]], salt="form")
