"""Administration: people and what is done for their accounts, settings, the access log."""
