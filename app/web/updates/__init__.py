"""Updates (travaux): what a community publishes about its work."""
