"""Meetings (rencontres): when people come together, who comes, and what came of it."""
