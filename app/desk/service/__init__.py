"""Every act of facilitation; each leaves a line in the public journal."""
