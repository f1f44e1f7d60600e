"""What a person was told: always one's own."""
from tests.matrix import Row

# The choices that everybody is given.
PACES = dict.fromkeys(("reply", "contribution", "support", "follow"), "daily") | {
    "weekday": "2", "commented": "steps", "supported": "none"}

TABLE = [
    Row("GET /notifications", "", "303 anyone; 200 *"),
    Row("GET /notifications/preferences", "", "303 anyone; 200 *"),
    Row("POST /notifications/preferences", "", "401 anyone; 303 *", "notice_paces notice_settings notices", PACES),
    Row("POST /notifications/preferences/silence", "", "401 anyone; 303 *", "notice_paces notices"),
    Row("POST /notifications/reading", "", "401 anyone; 303 author; 303 *", "notices"),
    Row("POST /notifications/<id:notice_id>/reading", "shown", "401 anyone; 303 author; 404 *", "notices"),
    Row("POST /notifications/<id:notice_id>/reading", "gone", "401 anyone; 404 *"),
]
