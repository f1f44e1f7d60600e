"""Updates (travaux): what a community publishes about its work."""

from app.web.updates import bp, feeds, pages
