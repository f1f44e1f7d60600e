"""What stands before the application: pages of the public that are kept for as long as the content version stays."""
