"""Talk under an idea or an update: threads, comments, and which ones were useful."""
