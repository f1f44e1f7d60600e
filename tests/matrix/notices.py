"""What a person was told: always one's own."""
from tests.matrix import Row

TABLE = [
    Row("GET /notifications", "", "303 anyone; 200 *"),
    Row("POST /notifications/reading", "", "401 anyone; 303 author; 303 *", "notices"),
    Row("POST /notifications/<id:notice_id>/reading", "shown", "401 anyone; 303 author; 404 *", "notices"),
    Row("POST /notifications/<id:notice_id>/reading", "gone", "401 anyone; 404 *"),
]
