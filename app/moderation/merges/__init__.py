"""Duplicates joined and parted again, ideas drawn out of others, ideas side by side."""
