"""Votes: supporting an idea."""
