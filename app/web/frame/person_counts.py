"""How many persons, in the words that pages, files and descriptions of drawings say alike."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.core.masking import FEW, HIDDEN, Count
from app.core.small_counts import LEAST


def format_persons(count: Count) -> str:
    """Write a number of persons, or the word that is said in its place."""
    if count == HIDDEN:
        return _("non dit")
    return _("moins de %(n)s", n=LEAST) if count == FEW else str(format_decimal(count))
