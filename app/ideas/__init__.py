"""Aspirations, needs, ideas and projects: drafted, published, and the road they travel."""
