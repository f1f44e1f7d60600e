"""Every act on the choice of a forum."""
