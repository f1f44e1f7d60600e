"""Every act on the plan: ask, change, tell."""
