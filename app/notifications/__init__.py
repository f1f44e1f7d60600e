"""Telling people what concerns them: a notice in the account, and a mail that leaves with it."""
