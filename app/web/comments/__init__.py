"""Comments: the threads under ideas and updates, and what one may do of one's own."""
