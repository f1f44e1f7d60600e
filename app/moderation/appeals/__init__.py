"""Measures looked at again: those of a team, undoing one, and the appeals of those whom they concern."""
