"""The query: what a person typed, and what the index is asked for."""
