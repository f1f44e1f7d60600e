"""Every SELECT on talk: one comment, the pages of a thread, and the tree they show."""
