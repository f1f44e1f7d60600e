"""Notices: what a person was told, in sentences, on a page and by mail."""

from app.web.notices import bp, follows, pages, preferences, unsubscribe
