"""Drills: what an operator does while people use the site, with accidents at each step; nothing may be lost."""
