from app.core.permits import Permission, anyone

SEARCH = Permission("search:ask", [anyone])
"""Anybody may ask: what is found is what they may read (`sight`)."""
