"""Comments: the threads under ideas and updates, and what authors do with their own comments."""
