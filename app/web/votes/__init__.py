"""Votes: supporting an idea."""

from app.web.votes import bp, support
