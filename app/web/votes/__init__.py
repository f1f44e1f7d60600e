"""Votes: supporting an idea."""
from app.web.votes import bp, support

__all__ = ["bp", "support"]
