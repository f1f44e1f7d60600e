"""Letting first posts and changes appear or not; freezing an account and letting it go."""
