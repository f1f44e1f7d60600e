"""What everybody reads of what was decided."""

from tests.matrix import Row
from tests.support.law import EVERYONE

ROUTES = [
    Row(f"GET /journal{path}", "", "200 *")
    for path in ("", ".jsonl", ".atom", "/figures", "/verification", "/verify_journal.py")
]
PAGES = {
    "anyone": lambda _square: ["/journal", "/journal?kind=hide", "/journal/figures", "/journal/verification"],
    "program": lambda _square: ["/journal.atom"],
}
EMPTY = {"anyone": ["/journal", "/journal/figures"]}


NEEDED = {"person_tables": {"act": "wrote"}}
LAW = {"nothing": {"journal:verify": EVERYONE}}
