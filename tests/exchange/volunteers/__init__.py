"""The plans of twenty organisations, as their volunteers write them, and what must come in."""
