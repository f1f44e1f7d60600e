"""The site itself: the first page, its texts, its charter, and what machines ask for."""
from app.web.site import bp, charter, home, pages, robots

__all__ = ["bp", "charter", "home", "pages", "robots"]
