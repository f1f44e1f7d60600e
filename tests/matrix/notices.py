"""What a person was told: always one's own."""
from tests.matrix import Row

TABLE = [
    Row("GET /notifications", "", "303 anyone; 200 *"),
    Row("POST /notifications/reading", "", "401 anyone; 303 author; 303 *", "notices"),
    Row("POST /notifications/<id:notice_id>/reading", "shown", "401 anyone; 303 author; 404 *", "notices"),
    Row("GET /unsubscribe/<token>", "wanted", "200 *"),
    Row("GET /unsubscribe/<token>", "forged", "404 *"),
    Row("POST /unsubscribe/<token>", "wanted", "200 *", "notices notice_paces"),
    Row("POST /unsubscribe/<token>", "forged", "404 *"),
    Row("POST /notifications/<id:notice_id>/reading", "gone", "401 anyone; 404 *"),
]
