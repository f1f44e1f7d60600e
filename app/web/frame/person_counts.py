"""How many persons, in the words that pages, files and descriptions of drawings say alike."""

from flask_babel import gettext as _

from app.core.masking import HIDDEN, Count
from app.core.small_counts import LEAST
from app.forms.base import format_count


def format_persons(count: Count) -> str:
    """Write a number of persons, or the word that is said in its place."""
    if count == HIDDEN:
        return _("non dit")
    return _("moins de %(n)s", n=LEAST) if isinstance(count, str) else str(format_count(count))
