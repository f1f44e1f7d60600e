"""Every SELECT on meetings."""
