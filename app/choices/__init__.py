"""Convergence: what a circle puts first, with dots that nobody sums before they are counted, and what is decided."""
