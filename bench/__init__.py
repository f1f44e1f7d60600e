"""Repeatable measurements: figures are ratios in one run on one machine, never asserted in a test."""
