"""What everybody reads of what was decided."""

from tests.matrix import Row

TABLE = [
    Row(f"GET /journal{path}", "", "200 *")
    for path in ("", ".jsonl", ".atom", "/figures", "/verification", "/verify_journal.py")
]
