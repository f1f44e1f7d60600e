"""What people write and others may report, hide or show again: an idea, a comment, an update, an action, a bulletin, a profile."""
