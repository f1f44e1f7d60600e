"""Aspirations, needs, ideas and projects: drafted, published, and the journey that they make."""
