"""Giving work to one another, and what a team keeps for itself."""
