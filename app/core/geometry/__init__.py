"""Shapes on a plane: how they are projected, what neighbours share, how they are drawn."""
