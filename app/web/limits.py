"""The flood guard; what must be counted exactly (sign-in, posting) counts rows instead."""
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user


def _who() -> str:
    """By account when signed in, else by address."""
    if current_user and current_user.is_authenticated:
        return f"account:{current_user.id}"
    return get_remote_address()


limiter = Limiter(_who, default_limits=["600 per minute"], headers_enabled=False, swallow_errors=True)


def init_app(app: Flask) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = app.config["REDIS_URL"] or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = bool(app.config["REDIS_URL"])
    limiter.init_app(app)
