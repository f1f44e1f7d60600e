"""Supports, which take and give back one's name."""

from tests.matrix import Row

IDEA = "/ideas/<id:idea_id>"
INSIDE = "member author coordinator"
ROUTES = [
    Row(f"POST {IDEA}/vote", "published locked", "401 anyone; 404 unconfirmed suspended; 303 *", "ideas votes notices"),
    Row(f"POST {IDEA}/vote", "private", f"401 anyone; 303 {INSIDE}; 404 *", "ideas votes notices"),
    Row(f"POST {IDEA}/vote", "draft pending withdrawn archived hidden deleted merged", "401 anyone; 404 *"),
    Row(f"POST {IDEA}/vote/withdrawal", "published locked", "401 anyone; 404 unconfirmed suspended; 303 *"),
    Row(f"POST {IDEA}/vote/withdrawal", "private", f"401 anyone; 303 {INSIDE}; 404 *"),
    Row(f"POST {IDEA}/vote/withdrawal", "draft pending withdrawn archived hidden deleted merged", "401 anyone; 404 *"),
    Row(f"POST {IDEA}/vote/name", "published locked withdrawn archived merged", "401 anyone; 303 *"),
    Row(f"POST {IDEA}/vote/name", "private", f"401 anyone; 303 {INSIDE}; 404 *"),
    Row(f"POST {IDEA}/vote/name", "draft deleted", "401 anyone; 404 *"),
    Row(f"POST {IDEA}/vote/name", "pending hidden", "401 anyone; 303 facilitator coordinator; 404 *"),
]
