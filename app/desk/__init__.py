"""Measures on contents: hide, restore, lock, unlock; each has a reason and can be undone."""
