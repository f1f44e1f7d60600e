"""Accounts: registration, sign-in and its second factor, the profile, sessions, who read what."""
from app.web.accounts import accesses, account, bp

__all__ = ["accesses", "account", "bp"]
