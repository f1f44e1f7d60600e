"""The terminal door: one file per noun."""
