"""Every act on meetings."""
