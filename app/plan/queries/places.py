"""Where what the plan holds stands, for the SQL twins of the law of communities."""
from typing import Any

from sqlalchemy import false


class Place:
    """The community of an action, as a table of its own would say it: nothing of the plan is private."""

    is_private = false()

    def __init__(self, action: Any) -> None:
        self.community_id = action.community_id
