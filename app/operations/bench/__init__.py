"""Bulk data for measurements: synthetic people, ideas, comments and supports, the same ones each time."""
