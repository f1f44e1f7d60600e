"""Every SELECT on the plan."""
