"""Territories, issues, tags and organisations: the axes on which everything is placed."""
