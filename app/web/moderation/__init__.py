"""Moderation: the desk of a team, first posts, measures, moves, reports and their cases, appeals."""
