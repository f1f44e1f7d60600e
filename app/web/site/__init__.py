"""The site itself: the first page, its texts, its charter, and what machines ask for."""

from app.web.site import appearance, bp, charter, home, pages, robots
