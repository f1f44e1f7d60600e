"""Measures: who did what to which content or person, when and why; what is done to a thread, to a member."""
