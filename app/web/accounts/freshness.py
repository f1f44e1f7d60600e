"""How recent the password must be for an act on an account."""
from flask import current_app, request, url_for
from flask_security.utils import check_and_update_authn_fresh


def is_fresh() -> bool:
    """Tell whether the password was given within the time of the site (docs/decisions/0002)."""
    config = current_app.config
    return bool(check_and_update_authn_fresh(config["SECURITY_FRESHNESS"], config["SECURITY_FRESHNESS_GRACE_PERIOD"]))


def verify_url() -> str:
    """Return the address of the page that asks for the password, and comes back here."""
    return url_for("security.verify", next=request.full_path.rstrip("?"))
