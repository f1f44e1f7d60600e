"""The site itself: the first page, its texts, its charter, and what machines ask for."""
