"""The link of an invitation, which this browser holds until the person whom it is for has signed in."""

from flask import session, url_for

KEY = "invitation"
HERE = "link"
LONGEST = 100


def keep_token(token: str) -> None:
    """Keep the token of an invitation in the session, so that it leaves the address."""
    session[KEY] = token[:LONGEST]


def get_token() -> str:
    """Return the token that this browser holds, or an empty text."""
    value = session.get(KEY, "")
    return value if isinstance(value, str) else ""


def forget() -> None:
    """Forget the invitation: it was accepted, or it is over."""
    session.pop(KEY, None)


def get_invitation_url() -> str:
    """Return the address where the invitation that this browser holds can be accepted; empty without one."""
    return url_for("communities.show_invitation", token=HERE) if get_token() else ""
