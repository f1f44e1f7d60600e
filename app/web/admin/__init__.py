"""Administration: people and what is done for their accounts, settings, the access log."""

from app.web.admin import accounts, bp, people, settings
