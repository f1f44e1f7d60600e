"""Travaux: what a community publishes about its work."""
