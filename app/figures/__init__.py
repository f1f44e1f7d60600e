"""Figures: what was done, how often and how fast, by month and by community."""
