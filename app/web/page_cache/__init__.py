"""What stands before the application: pages of the public, cached for as long as the content version stays."""
