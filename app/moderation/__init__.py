"""Moderation: what facilitation does with contents and with people, one package for each of its jobs."""
