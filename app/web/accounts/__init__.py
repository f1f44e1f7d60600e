"""Accounts: registration, sign-in and its second factor, the profile, sessions, the log of accesses."""
