"""What a person was told: always one's own."""
from tests.matrix import Row

TABLE = [
    Row("GET /notifications", "", "303 anyone; 200 *"),
    Row("POST /notifications/reading", "", "401 anyone; 303 *"),
]
