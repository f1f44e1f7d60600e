"""Moderation: the desk of a team, first posts, measures, moves, reports and their cases, appeals."""
from app.web.moderation import (
    appeals,
    assignments,
    bp,
    bulk_answers,
    cases,
    comparison,
    desk,
    first_posts,
    handovers,
    held_revisions,
    measure_lists,
    measures,
    member_measures,
    move_requests,
    moves,
    profiles,
    reports,
    saved_replies,
    slow_mode,
    unpublishing,
)

__all__ = [
    "appeals", "assignments", "bp", "bulk_answers", "cases", "comparison", "desk", "first_posts", "handovers",
    "held_revisions", "measure_lists", "measures", "member_measures", "move_requests", "moves", "profiles", "reports",
    "saved_replies", "slow_mode", "unpublishing",
]
