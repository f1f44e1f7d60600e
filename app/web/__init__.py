"""The HTML door: one file per blueprint."""
