"""Meetings: when and where people meet, who comes, and what came of it."""
