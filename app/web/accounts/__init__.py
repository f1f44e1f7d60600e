"""Accounts: registration, sign-in and its second factor, the profile, sessions, the log of accesses."""

from app.web.accounts import account, bp
