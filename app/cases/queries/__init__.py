"""Every SELECT on reports and their cases."""
