"""Accounts: registration, sign-in and its second factor, the profile, sessions."""
from app.web.accounts import account, bp

__all__ = ["account", "bp"]
