"""Comments: the threads under ideas and updates, and what one may do of one's own."""
from app.web.comments import bp, own, thread

__all__ = ["bp", "own", "thread"]
