"""The HTML door: one package for each noun, and `frame` for what every page needs."""
