"""What is said of a row of an ordered list that went up or down."""

from collections.abc import Sequence

from flask_babel import gettext as _


def describe_move(names: Sequence[str], index: int, step: int) -> str:
    """Say which neighbour a row was exchanged with, from the names in their present order; `index` is its own.

    `step` is -1 for a row that went up, 1 for one that went down.
    """
    other = index - step
    if not 0 <= other < len(names):
        return _("« %(name)s » garde sa place.", name=names[index])
    if step < 0:
        return _("« %(name)s » est maintenant avant « %(other)s ».", name=names[index], other=names[other])
    return _("« %(name)s » est maintenant après « %(other)s ».", name=names[index], other=names[other])
