"""Meetings."""

from datetime import datetime

NEEDED = {
    "events": {"mode": "online", "status": "draft", "ends_at": datetime(2022, 2, 11)},
    "event_subjects": {"role": "about", "idea_id": 1},
    "event_questions": {"kind": "line"},
    "event_registrations": {"user_id": 1, "mode": "online", "party": 1, "state": "in"},
    "event_charges": {"kind": "door"},
}
