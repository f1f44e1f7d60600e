"""Notices: what a person was told, in sentences, on a page and by mail."""
